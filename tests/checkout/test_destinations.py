"""Where do the goods go? To a whole address, or to one of the buyer's own book."""

import json

import pytest

from chalicelib.addresses import service as addresses
from chalicelib.addresses.rules import Place
from chalicelib.checkout import store
from chalicelib.shipping import service as shipping
from chalicelib.shipping.schemas import PlanDraft
from tests.addresses.builders import DAWIT, HANA, an_address
from tests.checkout.builders import a_two_vendor_cart
from tests.checkout.calling import client
from tests.shipping.builders import a_zone_draft
from tests.support.builders import a_draft
from tests.support.calling import Response
from tests.support.machine import WaitingMachine
from tests.support.tokens import token_for


def begun_to(address_id: str | None, user_id: str = HANA, **changed: object) -> Response:
    """Check out as a customer whose draft names an address instead of holding one."""
    cart = a_two_vendor_cart(user_id)
    draft = {**a_draft(cart.cart_id), "shipping_address_id": address_id}
    del draft["shipping_address"]
    caller = client(token_for(user_id=user_id))
    return caller.post("/checkouts", {**draft, **changed}, idempotency_key="k", accept_language="am")


def begun_at(place: dict[str, str]) -> Response:
    cart = a_two_vendor_cart(HANA)
    draft = {**a_draft(cart.cart_id), "shipping_address": place}
    return client(token_for(user_id=HANA)).post("/checkouts", draft, idempotency_key=place.get("region", "none"))


def a_plan_by_region(*regions: str) -> None:
    zones = [a_zone_draft(f"zone-{each}", {"country": "ET", "region": each}) for each in regions]
    shipping.change_plan(PlanDraft.model_validate_json(json.dumps({"zones": zones})), if_version=None)


def destination_of(answer: Response) -> Place:
    assert answer.status == 202, answer.text
    return store.get_quote(HANA, answer.json["id"]).shipping_address


def test_an_address_of_ones_own_book_is_copied(machine: WaitingMachine) -> None:
    home = an_address(line2="3rd floor")

    answer = begun_to(home.id)

    assert destination_of(answer) == Place(
        name="Hana Bekele",
        phone="+251911223344",
        line1="Bole Road 12",
        line2="3rd floor",
        city="Addis Ababa",
        region="addis_ababa",
        country="ET",
    )


def test_an_address_that_is_deleted_later_still_gets_its_goods(machine: WaitingMachine) -> None:
    home = an_address(country="KE", region="Nairobi County", phone="+254712345678")
    answer = begun_to(home.id)

    addresses.remove(HANA, home.id)

    assert destination_of(answer).region == "Nairobi County"


@pytest.mark.parametrize("whose", [DAWIT, None])
def test_an_address_of_somebody_elses_book_or_of_none_is_not_there(machine: WaitingMachine, whose: str | None) -> None:
    address_id = an_address(whose).id if whose else "adr_NOWHERE"

    answer = begun_to(address_id)

    assert (answer.status, answer.code) == (404, "address_not_found")


@pytest.mark.parametrize("kind", ["shipping", "billing"])
def test_an_address_is_said_whole_or_by_its_id(machine: WaitingMachine, kind: str) -> None:
    whole = {"name": "Hana", "phone": "0911223344", "line1": "Bole 1", "city": "Addis Ababa"}

    answer = begun_to(an_address().id, **{f"{kind}_address": whole, f"{kind}_address_id": "adr_1"})

    assert (answer.status, answer.code) == (422, "malformed")
    (error,) = answer.json["errors"]
    assert error["code"] == "address_and_id"


def test_goods_that_go_nowhere_are_not_bought(machine: WaitingMachine) -> None:
    answer = begun_to(None)

    assert (answer.status, answer.code, answer.json["missing"]) == (409, "checkout_incomplete", ["shipping_address"])


def test_goods_whose_delivery_depends_on_the_region_do_not_go_without_one(machine: WaitingMachine) -> None:
    a_plan_by_region("oromia", "amhara")
    rural = {"name": "Hana", "phone": "0911223344", "line1": "Kebele 3", "city": "Bulbula", "country": "ET"}

    refused, begun = begun_at(rural), begun_at({**rural, "region": "oromia"})

    assert (refused.status, refused.code, refused.json["missing"]) == (409, "checkout_incomplete", ["region"])
    assert destination_of(begun).region == "oromia"


def test_the_bill_may_go_elsewhere(machine: WaitingMachine) -> None:
    office = an_address(HANA, name="Hana Trading")

    answer = begun_to(an_address(HANA).id, billing_address_id=office.id, phone="0922334455")

    frozen = store.get_quote(HANA, answer.json["id"])
    assert frozen.billing_address is not None
    assert (frozen.billing_address.name, frozen.phone) == ("Hana Trading", "+251922334455")
