"""How long is remembered who was reminded of a cart, and under which address somebody bought?"""

import pytest

from chalicelib.carts import service as carts
from chalicelib.carts.rules import ReminderStatus
from chalicelib.core import clock
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions
from tests.carts.builders import a_variant
from tests.carts.leaving import HANA, HOUR, a_left_cart, announced, buys, looked, reminder_of
from tests.support.account import Account

ABEBE = "abebe@example.com"


@pytest.fixture(autouse=True)
def selling(aws: Account) -> Account:
    """Every test begins with a shop that sells coffee."""
    a_variant()
    return aws


def test_a_reminder_that_has_ended_is_kept_as_long_as_the_cart_may_be_bought() -> None:
    _, cart_id = a_left_cart()
    assert reminder_of(cart_id).expires_at is None

    for hours in (1.1, 24.2, 72.3):
        looked(hours=hours)

    kept_from = clock.epoch_seconds() + 72.3 * HOUR
    assert reminder_of(cart_id).status == ReminderStatus.ENDED
    assert reminder_of(cart_id).expires_at == pytest.approx(kept_from + settings.cart_kept_seconds, abs=60)


def test_what_a_reminder_brought_is_kept_for_good_even_if_it_had_ended() -> None:
    _, cart_id = a_left_cart()
    for hours in (1.1, 24.2, 72.3):
        looked(hours=hours)

    buys(cart_id, cart_id, hours=80)

    assert reminder_of(cart_id).status == ReminderStatus.RECOVERED
    assert reminder_of(cart_id).expires_at is None


def test_money_that_comes_late_is_known_to_be_of_who_paid_and_not_of_who_has_the_cart_by_then() -> None:
    guest, cart_id = a_left_cart(ABEBE)
    with transactions.write():
        carts.hold(carts.get(cart_id, cart_id), "chk_1", email=ABEBE)
    carts.reopen(cart_id, cart_id, checkout_id="chk_1")
    _, of_who_paid = a_left_cart(ABEBE)
    _, of_another = a_left_cart(HANA)
    guest.patch(f"/carts/{cart_id}", {"email": HANA})

    buys(cart_id, cart_id, hours=0.1)
    looked(hours=1.1)

    assert announced(of_who_paid) == []
    assert len(announced(cart_id) + announced(of_another)) == 1
