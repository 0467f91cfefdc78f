"""Is whoever left a cart reminded of it, up to three times, and nobody else?"""

import json

import pytest

from chalicelib.carts import service as carts
from chalicelib.carts import store
from chalicelib.carts.rules import EndReason, ReminderStatus
from chalicelib.carts.service import reminding
from chalicelib.core import clock
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions
from chalicelib.users import service as users
from tests.carts.builders import COFFEE, a_guest, a_variant, an_app, put_in
from tests.carts.leaving import (
    HANA,
    HOUR,
    a_left_cart,
    announced,
    buys,
    is_converted,
    looked,
    opts_out,
    reminder_of,
)
from tests.catalog.timing import later
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for


@pytest.fixture(autouse=True)
def selling(aws: Account) -> Account:
    """Every test begins with a shop that sells coffee."""
    a_variant()
    return aws


def test_whoever_leaves_a_cart_is_reminded_three_times_and_then_left_in_peace() -> None:
    _, cart_id = a_left_cart()

    runs = [looked(hours=hours)["done"] for hours in (0.5, 1.1, 1.2, 24.2, 24.3, 72.3, 72.4, 999)]

    assert runs == [0, 1, 0, 1, 0, 1, 0, 0]
    assert [each["number"] for each in announced(cart_id)] == [1, 2, 3]
    reminder = reminder_of(cart_id)
    assert (reminder.status, reminder.ended_as, reminder.sent) == (ReminderStatus.ENDED, EndReason.ALL_SENT, 3)
    assert reminder.gsi1pk is None


def test_a_cart_without_a_mail_address_or_without_goods_is_not_watched() -> None:
    nameless, cart = a_guest()
    put_in(nameless, cart)
    empty, other = a_guest()
    empty.patch(other, {"email": HANA})

    for path in (cart, other):
        assert store.find_reminder(path.rpartition("/")[2]) is None


def test_the_reminder_is_made_with_whatever_comes_last_and_later_changes_write_nothing_for_it(aws: Account) -> None:
    guest, cart = a_guest()
    guest.patch(cart, {"email": HANA})
    with recording(aws.dynamodb) as first:
        put_in(guest, cart)
    with recording(aws.dynamodb) as second:
        put_in(guest, cart)

    assert first.operations == ["BatchGetItem", "TransactWriteItems"]
    assert second.operations == ["BatchGetItem", "PutItem"]
    assert reminder_of(cart.rpartition("/")[2]).sent == 0


def test_a_customer_is_reminded_by_the_address_and_in_the_language_of_their_account() -> None:
    user_id = users.register(users.contact_of(HANA, None), password="a long walk to Lalibela", name="Hana", locale="am")
    hana = Client(an_app()).signed_with(token_for(user_id=user_id))
    cart_id = hana.post("/carts").json["id"]
    put_in(hana, f"/carts/{cart_id}")

    looked(hours=1.1)

    left = carts.left_cart(user_id, cart_id)
    assert left is not None
    assert (left.email, left.locale) == (HANA, "am")
    assert announced(cart_id) == [{"cart_id": cart_id, "owner_id": user_id, "number": 1}]


def test_whoever_comes_back_to_the_cart_is_reminded_later() -> None:
    guest, cart_id = a_left_cart()
    with later(0.9 * HOUR):
        put_in(guest, f"/carts/{cart_id}")

    looked(hours=1.1)

    assert announced(cart_id) == []
    due = clock.from_text(str(reminder_of(cart_id).gsi1sk)) - clock.now()
    assert 1.8 * HOUR < due.total_seconds() < 1.95 * HOUR
    looked(hours=2)
    assert len(announced(cart_id)) == 1


def test_a_cart_that_was_emptied_is_reminded_of_once_there_is_something_in_it_again() -> None:
    guest, cart_id = a_left_cart()
    guest.delete(f"/carts/{cart_id}/lines/lin_{COFFEE}")

    looked(hours=1.1)
    put_in(guest, f"/carts/{cart_id}")
    looked(hours=73.2)

    assert len(announced(cart_id)) == 1


def test_whoever_said_no_in_the_cart_is_not_reminded() -> None:
    guest, cart_id = a_left_cart(reminders=False)
    assert guest.get(f"/carts/{cart_id}").json["reminders"] is False

    assert store.find_reminder(cart_id) is None
    guest.patch(f"/carts/{cart_id}", {"reminders": None})
    looked(hours=1.1)
    assert len(announced(cart_id)) == 1


def test_whoever_opted_out_is_reminded_of_no_cart_with_that_address_now_or_later() -> None:
    _, before = a_left_cart()
    opts_out(HANA)
    _, after = a_left_cart("Hana@Example.com")
    _, of_somebody_else = a_left_cart("dawit@example.com")

    looked(hours=1.1)

    assert announced(before) == announced(after) == []
    assert len(announced(of_somebody_else)) == 1


def test_what_is_known_of_who_opted_out_or_bought_names_no_address(aws: Account) -> None:
    _, cart_id = a_left_cart()
    looked(hours=1.1)
    opts_out(HANA)
    buys(cart_id, cart_id)

    rows = aws.dynamodb.scan(TableName=settings.table_name)["Items"]
    assert {"reminder", "sent_reminder", "reminder_opt_out", "last_purchase"} <= {row["kind"]["S"] for row in rows}
    assert [row["kind"]["S"] for row in rows if HANA in json.dumps(row, default=str)] == []


def test_a_cart_that_was_bought_is_reminded_of_no_more() -> None:
    _, cart_id = a_left_cart()
    is_converted(cart_id, cart_id)

    looked(hours=1.1)

    assert announced(cart_id) == []
    assert reminder_of(cart_id).ended_as == EndReason.OVER


def test_whoever_bought_something_else_since_is_not_reminded_of_what_they_left_before() -> None:
    _, left = a_left_cart()
    _, bought = a_left_cart()
    buys(bought, bought)

    looked(hours=1.1)

    assert announced(left) == []
    assert reminder_of(left).status == ReminderStatus.WAITING


def test_an_order_that_is_told_of_late_does_not_hide_a_newer_one() -> None:
    _, bought = a_left_cart()
    with later(2 * HOUR):
        _, left = a_left_cart()
    buys(bought, bought, hours=5)
    buys(bought, bought)

    looked(hours=5.1)

    assert announced(left) == []


def test_whoever_buys_under_another_address_is_not_reminded_under_that_one() -> None:
    _, left = a_left_cart("abebe@example.com")
    _, bought = a_left_cart()
    with transactions.write():
        carts.hold(carts.get(bought, bought), "chk_1", email="abebe@example.com")
    buys(bought, bought)

    looked(hours=1.1)

    assert announced(left) == []


def test_a_cart_that_is_gone_is_looked_at_no_more() -> None:
    guest, cart_id = a_left_cart()
    guest.delete(f"/carts/{cart_id}")

    looked(hours=1.1)

    assert reminder_of(cart_id).ended_as == EndReason.GONE


def test_a_cart_in_checkout_is_looked_at_again_and_reminded_of_when_nobody_paid() -> None:
    _, cart_id = a_left_cart()
    carts.hold(carts.get(cart_id, cart_id), "chk_1")
    looked(hours=1.1)
    assert announced(cart_id) == []

    carts.reopen(cart_id, cart_id, checkout_id="chk_1")
    looked(hours=2.2)

    assert len(announced(cart_id)) == 1


def test_whoever_gave_their_address_only_when_they_went_to_pay_is_reminded_if_they_did_not() -> None:
    guest, cart = a_guest()
    put_in(guest, cart)
    cart_id = cart.rpartition("/")[2]

    carts.hold(carts.get(cart_id, cart_id), "chk_1", email=HANA, locale="am")
    assert store.find_reminder(cart_id) is None
    carts.reopen(cart_id, cart_id, checkout_id="chk_1")

    looked(hours=1.1)
    left = carts.left_cart(cart_id, cart_id)
    assert left is not None
    assert (left.email, left.locale, len(announced(cart_id))) == (HANA, "am", 1)


def test_nothing_is_sent_when_the_cart_was_bought_while_the_message_was_on_its_way() -> None:
    _, cart_id = a_left_cart()
    looked(hours=1.1)

    is_converted(cart_id, cart_id)

    assert carts.left_cart(cart_id, cart_id) is None


def test_two_schedules_at_once_remind_once() -> None:
    _, cart_id = a_left_cart()

    with later(1.1 * HOUR):
        reminding.look_after(cart_id)
        reminding.look_after(cart_id)

    assert [each["number"] for each in announced(cart_id)] == [1]


def test_nobody_is_reminded_where_the_shop_has_no_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CART_REMINDERS_AFTER_SECONDS", "")

    _, cart_id = a_left_cart()

    assert store.find_reminder(cart_id) is None


def test_no_setting_makes_more_than_three_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CART_REMINDERS_AFTER_SECONDS", "60,120,180,240,300")
    _, cart_id = a_left_cart()

    for hours in (1, 2, 3, 4, 5):
        looked(hours=hours)

    assert len(announced(cart_id)) == 3
