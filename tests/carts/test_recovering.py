"""Does the link of a reminder give the cart back, and is it known what that brought?"""

import pytest

from chalicelib.carts import service as carts
from chalicelib.carts.rules import ReminderStatus
from chalicelib.carts.service import readers
from chalicelib.core import clock
from tests.carts.builders import COFFEE, a_guest, a_variant, an_app, put_in, quantities
from tests.carts.leaving import HANA, HOUR, a_left_cart, announced, buys, is_converted, link_of, looked, reminder_of
from tests.catalog.timing import later
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for


@pytest.fixture(autouse=True)
def selling(aws: Account) -> Account:
    """Every test begins with a shop that sells coffee and gabi."""
    for sku in (COFFEE, "GABI"):
        a_variant(sku)
    return aws


@pytest.fixture
def almaz() -> tuple[Client, str]:
    """A customer who left a cart with coffee, and its id."""
    client = Client(an_app()).signed_with(token_for(user_id="usr_almaz"))
    cart_id = client.post("/carts").json["id"]
    put_in(client, f"/carts/{cart_id}", quantity=2)
    client.patch(f"/carts/{cart_id}", {"email": HANA, "phone": "0911223344"})
    return client, cart_id


def counted(*, month: str | None = None) -> list[dict[str, object]]:
    staff = Client(an_app()).signed_with(token_for(roles=["staff"], permissions=["carts.report"]))
    answer = staff.get(f"/cart_recoveries?month={month or f'{clock.now():%Y-%m}'}")
    assert answer.status == 200, answer.text
    items: list[dict[str, object]] = answer.json["items"]
    return items


def test_a_guest_gets_their_cart_back_on_another_device_as_often_as_they_like() -> None:
    _, cart_id = a_left_cart()

    first, again = (Client(an_app()).post("/cart_recoveries", link_of(cart_id)) for _ in range(2))

    assert (first.status, again.status) == (201, 201)
    assert first.json["id"] == again.json["id"] == cart_id
    there = Client(an_app()).signed_with(again.json["token"])
    assert quantities(there.get(f"/carts/{cart_id}").json) == {COFFEE: 2}


def test_following_the_link_puts_the_next_reminder_off() -> None:
    _, cart_id = a_left_cart()
    looked(hours=1.1)

    with later(10 * HOUR):
        Client(an_app()).post("/cart_recoveries", link_of(cart_id))
    looked(hours=24.5)

    assert len(announced(cart_id)) == 1


def test_a_customers_cart_comes_back_to_nobody_but_as_a_guests_cart_with_its_goods(almaz: tuple[Client, str]) -> None:
    _, cart_id = almaz

    answer = Client(an_app()).post("/cart_recoveries", link_of(cart_id))

    assert answer.json["id"] != cart_id
    assert quantities(answer.json) == {COFFEE: 2}
    assert (answer.json["email"], answer.json["phone"], answer.json["shipping_address"]) == (None, None, None)
    assert HANA not in answer.text
    again = Client(an_app()).post("/cart_recoveries", link_of(cart_id))
    assert again.json["id"] == answer.json["id"]


def test_a_customer_who_has_signed_in_gets_their_own_cart(almaz: tuple[Client, str]) -> None:
    client, cart_id = almaz

    answer = client.post("/cart_recoveries", link_of(cart_id))

    assert (answer.json["id"], answer.json["token"]) == (cart_id, None)


def test_what_the_link_copied_is_not_doubled_when_the_customer_signs_in(almaz: tuple[Client, str]) -> None:
    client, cart_id = almaz
    copy = Client(an_app()).post("/cart_recoveries", link_of(cart_id)).json
    put_in(Client(an_app()).signed_with(copy["token"]), f"/carts/{copy['id']}", "GABI")

    merged = client.post("/carts", {"guest_token": copy["token"]})

    assert merged.json["id"] == cart_id
    assert quantities(merged.json) == {COFFEE: 2, "GABI": 1}


def test_a_copy_that_became_an_order_is_followed_by_another(almaz: tuple[Client, str]) -> None:
    _, cart_id = almaz
    copy = Client(an_app()).post("/cart_recoveries", link_of(cart_id)).json["id"]
    is_converted(copy, copy)

    answer = Client(an_app()).post("/cart_recoveries", link_of(cart_id)).json

    assert answer["id"] not in (copy, cart_id)
    assert (answer["status"], quantities(answer)) == ("open", {COFFEE: 2})


def test_a_cart_that_became_an_order_says_so() -> None:
    _, cart_id = a_left_cart()
    is_converted(cart_id, cart_id)

    answer = Client(an_app()).post("/cart_recoveries", link_of(cart_id))

    assert (answer.status, answer.code, answer.json["cart_status"]) == (409, "cart_closed", "converted")


def test_a_cart_in_checkout_is_shown_as_it_is() -> None:
    _, cart_id = a_left_cart()
    carts.hold(carts.get(cart_id, cart_id), "chk_1")

    answer = Client(an_app()).post("/cart_recoveries", link_of(cart_id))

    assert (answer.status, answer.json["status"]) == (201, "checking_out")


def test_a_link_that_is_too_old_or_leads_nowhere_says_so() -> None:
    guest, cart_id = a_left_cart()
    _, too_old = a_left_cart()
    client, link, old = Client(an_app()), link_of(cart_id), link_of(too_old)
    guest.delete(f"/carts/{cart_id}")

    gone = client.post("/cart_recoveries", link)
    with later(31 * 24 * HOUR):
        late = client.post("/cart_recoveries", old)

    assert (gone.status, gone.code) == (late.status, late.code) == (404, "recovery_over")


def test_tokens_of_another_kind_restore_nothing_and_opt_out_nobody() -> None:
    guest, cart_id = a_left_cart()
    client, recovery, opt_out = Client(an_app()), readers.recovery_token(cart_id), readers.opt_out_token(HANA)

    for token in (opt_out, guest.headers["authorization"].removeprefix("Bearer "), recovery[:-1], cart_id):
        answer = client.post("/cart_recoveries", {"token": token})
        assert (answer.status, answer.code) == (422, "recovery_token_invalid")
    for token in (recovery, opt_out[:-1]):
        answer = client.post(f"/cart_reminder_opt_outs/{token}")
        assert (answer.status, answer.code) == (422, "opt_out_token_invalid")


def test_links_are_followed_so_often_from_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOVERIES_PER_ADDRESS", "1/3600")
    _, cart_id = a_left_cart()
    client = Client(an_app())

    assert client.post("/cart_recoveries", link_of(cart_id)).status == 201
    assert client.post("/cart_recoveries", link_of(cart_id)).code == "too_many_attempts"


def test_opting_out_is_one_request_and_may_be_repeated() -> None:
    _, cart_id = a_left_cart()
    client, path = Client(an_app()), f"/cart_reminder_opt_outs/{readers.opt_out_token(HANA)}"

    assert [client.post(path).json for _ in range(2)] == [{"opted_out": True}] * 2
    looked(hours=1.1)

    assert announced(cart_id) == []


def test_an_order_after_a_reminder_is_counted_once_however_often_it_is_announced() -> None:
    _, cart_id = a_left_cart()
    looked(hours=1.1)

    for _ in range(2):
        buys(cart_id, cart_id, minor=80_500)

    revenue = {"amount": 80_500, "currency": "ETB"}
    assert counted() == [{"currency": "ETB", "sent": 1, "recovered": 1, "revenue": revenue}]
    reminder = reminder_of(cart_id)
    assert (reminder.status, reminder.order_id, reminder.gsi1pk) == (ReminderStatus.RECOVERED, f"ord_{cart_id}", None)
    assert reminder.expires_at is None
    assert looked(hours=48)["done"] == 0


def test_an_order_without_a_reminder_is_no_recovery() -> None:
    _, reminded_of = a_left_cart("dawit@example.com")
    looked(hours=1.1)
    _, cart_id = a_left_cart()

    buys(cart_id, cart_id)

    assert [each["recovered"] for each in counted()] == [0]
    assert reminder_of(reminded_of).status == ReminderStatus.WAITING


def test_an_order_of_the_copy_is_the_recovery_of_the_customers_cart(almaz: tuple[Client, str]) -> None:
    _, cart_id = almaz
    looked(hours=1.1)
    copy = Client(an_app()).post("/cart_recoveries", link_of(cart_id)).json["id"]

    buys(copy, copy)

    assert reminder_of(cart_id).status == ReminderStatus.RECOVERED


def test_an_order_of_the_cart_that_a_guests_one_went_into_is_a_recovery_too() -> None:
    _, cart_id = a_left_cart()
    looked(hours=1.1)
    token = Client(an_app()).post("/cart_recoveries", link_of(cart_id)).json["token"]
    almaz = Client(an_app()).signed_with(token_for(user_id="usr_almaz"))
    merged = almaz.post("/carts", {"guest_token": token}).json["id"]

    buys("usr_almaz", merged)

    assert reminder_of(cart_id).status == ReminderStatus.RECOVERED


def merged_into_almaz_cart(guest: Client) -> tuple[Client, str]:
    """A customer who signs in with a guest's cart: a client of theirs, and the cart that it went into."""
    almaz = Client(an_app()).signed_with(token_for(user_id="usr_almaz"))
    token = guest.headers["authorization"].removeprefix("Bearer ")
    return almaz, almaz.post("/carts", {"guest_token": token}).json["id"]


def test_the_link_of_a_cart_that_was_merged_leads_its_customer_to_the_cart_that_it_went_into() -> None:
    guest, cart_id = a_left_cart()
    almaz, merged = merged_into_almaz_cart(guest)

    answer = almaz.post("/cart_recoveries", link_of(cart_id))

    assert (answer.status, answer.json["id"], answer.json["token"]) == (201, merged, None)


def test_the_link_of_a_cart_that_was_merged_leads_nobody_else_there() -> None:
    guest, cart_id = a_left_cart()
    almaz, merged = merged_into_almaz_cart(guest)
    dawit = Client(an_app()).signed_with(token_for(user_id="usr_dawit"))

    for other in (dawit, Client(an_app())):
        answer = other.post("/cart_recoveries", link_of(cart_id))
        assert (answer.status, answer.code, answer.json["cart_status"]) == (409, "cart_closed", "merged")
    is_converted("usr_almaz", merged)
    assert almaz.post("/cart_recoveries", link_of(cart_id)).code == "cart_closed"


def test_an_order_counts_for_the_guests_cart_that_was_reminded_of_and_merged_without_its_link() -> None:
    guest, cart_id = a_left_cart()
    looked(hours=1.1)
    _, merged = merged_into_almaz_cart(guest)

    for _ in range(2):
        buys("usr_almaz", merged)

    assert reminder_of(cart_id).status == ReminderStatus.RECOVERED
    assert [each["recovered"] for each in counted()] == [1]


def test_a_guests_cart_that_nobody_was_reminded_of_takes_no_recovery_from_the_customers(
    almaz: tuple[Client, str],
) -> None:
    _, cart_id = almaz
    looked(hours=1.1)
    guest, brought = a_left_cart("dawit@example.com")
    merged_into_almaz_cart(guest)

    buys("usr_almaz", cart_id)

    assert reminder_of(cart_id).status == ReminderStatus.RECOVERED
    assert reminder_of(brought).order_id is None


def test_an_order_counts_once_where_both_carts_were_reminded_of(almaz: tuple[Client, str]) -> None:
    _, cart_id = almaz
    guest, brought = a_left_cart("dawit@example.com")
    looked(hours=1.1)
    merged_into_almaz_cart(guest)

    for _ in range(2):
        buys("usr_almaz", cart_id)

    assert [each["recovered"] for each in counted()] == [1]
    assert [reminder_of(each).order_id is None for each in (brought, cart_id)] == [False, True]


def test_a_month_without_reminders_has_nothing_to_tell() -> None:
    assert counted(month="2020-01") == []
    guest, _ = a_guest()
    assert guest.get("/cart_recoveries?month=2020-01").status in (401, 403)
