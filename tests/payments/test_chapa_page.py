"""What is the provider told of a payment, and what is left out?"""

import pytest

from chalicelib.payments.chapa import Chapa
from chalicelib.payments.provider import OpenedLink, RefusedLink
from infra.local.serving import json_reply
from tests.payments.builders import a_request
from tests.support.account import Account
from tests.support.chapa import Till, a_strange_provider, members


def test_a_description_holds_only_what_the_provider_allows(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = json_reply(200, {"data": {"checkout_url": "https://pay.test/1"}})

    with a_strange_provider(answer, monkeypatch) as asked:
        Chapa().open_link(a_request("pay#1/é"))

    said = members(asked[0])["customization"]
    assert said == {"description": "Order pay 1", "title": "Nexus"}


def test_a_title_is_cut_and_cleaned(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYMENT_PAGE_TITLE", "Hana's ቡና & Gabi, of Addis Ababa")
    answer = json_reply(200, {"data": {"checkout_url": "https://pay.test/1"}})

    with a_strange_provider(answer, monkeypatch) as asked:
        Chapa().open_link(a_request())

    assert members(asked[0])["customization"]["title"] == "Hana s Gabi of A"


def test_the_shopper_and_what_it_is_about_are_told(till: Till) -> None:
    about = {"payment_id": "pmt_1", "checkout_id": "chk_1"}

    Chapa().open_link(a_request(name=" አልማዝ  Tesfaye\tBekele\u200b ", phone="+251911223344", about=about))

    [known] = till.known()
    assert (known["first_name"], known["last_name"]) == ("አልማዝ", "Tesfaye Bekele")
    assert (known["phone_number"], known["meta"]) == ("0911223344", about)


@pytest.mark.parametrize(
    ("phone", "told"),
    [
        ("+251911223344", "0911223344"),
        ("+251711223344", "0711223344"),
        ("0911223344", None),
        ("+254711223344", None),
        ("+25191122334", None),
        ("+2519112233445", None),
        ("", None),
    ],
)
def test_a_number_is_told_in_the_form_that_the_provider_takes_or_not_at_all(
    till: Till, phone: str, told: str | None
) -> None:
    assert isinstance(Chapa().open_link(a_request(phone=phone)), OpenedLink)

    assert till.known()[0]["phone_number"] == told


@pytest.mark.parametrize("message", [{"email": ["validation.email"]}, {"email": ["x"], "phone_number": ["y"]}])
def test_what_the_provider_refuses_is_left_out_if_a_page_can_do_without(
    till: Till, message: dict[str, list[str]]
) -> None:
    till.fail("initialize", "refuse", message=message)

    link = Chapa().open_link(a_request(phone="+251911223344"))

    assert isinstance(link, OpenedLink)
    [known] = till.known()
    left_out = set(message)
    assert {name for name in ("email", "phone_number") if known[name] is None} == left_out
    assert len(till.calls()) == 2


def test_a_page_that_stays_refused_is_asked_for_twice_and_not_for_ever(till: Till) -> None:
    till.fail("initialize", "refuse", message={"email": ["validation.email"]}, times=5)

    assert Chapa().open_link(a_request()) == RefusedLink("email: validation.email")
    assert len(till.calls()) == 2


def test_what_a_page_cannot_do_without_is_never_left_out(till: Till) -> None:
    till.fail("initialize", "refuse", message={"email": ["validation.email"], "amount": ["validation.min"]})

    assert isinstance(Chapa().open_link(a_request()), RefusedLink)
    assert len(till.calls()) == 1
