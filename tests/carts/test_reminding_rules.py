"""When is somebody reminded of a cart, and when not?"""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.carts.rules import CartStatus, Preparation, Reminded, Seen, Sent, Step, beyond, decision, turn_until
from tests.carts.builders import COFFEE, a_line

AFTER = (3_600, 86_400, 259_200)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HANA = Preparation(email="hana@example.com")


def seen(**changed: object) -> Seen:
    given: dict[str, object] = {"status": CartStatus.OPEN, "lines": [a_line()], "preparation": HANA, "touched_at": NOON}
    return Seen(**{**given, **changed})  # type: ignore[arg-type]


def decided(cart: Seen, *, hours: float, sent: Sent | None = None) -> tuple[Step, float]:
    """What is done so many hours after noon, and how many hours after noon the cart is looked at next."""
    now = NOON + timedelta(hours=hours)
    found = decision(cart, sent or Sent(), after_seconds=AFTER, now=now)
    return found.step, (found.look_at - NOON) / timedelta(hours=1)


def test_a_cart_that_was_left_is_reminded_of_when_the_delay_is_over() -> None:
    assert decided(seen(), hours=0.99) == (Step.WAIT, 1)
    assert decided(seen(), hours=1)[0] is Step.REMIND


def test_whatever_is_done_with_the_cart_puts_the_reminder_off() -> None:
    touched = seen(touched_at=NOON + timedelta(minutes=30))

    assert decided(touched, hours=1) == (Step.WAIT, 1.5)


@pytest.mark.parametrize(
    "changed",
    [
        {"lines": []},
        {"preparation": Preparation()},
        {"preparation": Preparation(email="hana@example.com", reminders=False)},
        {"is_opted_out": True},
        {"bought_at": NOON},
    ],
    ids=["empty", "no contact", "said no", "opted out", "bought since"],
)
def test_nobody_is_reminded_of_what_they_do_not_want(changed: dict[str, object]) -> None:
    assert decided(seen(**changed), hours=2) == (Step.WAIT, 74)


def test_what_was_bought_before_the_cart_was_touched_says_nothing_of_it() -> None:
    assert decided(seen(bought_at=NOON - timedelta(hours=1)), hours=2)[0] is Step.REMIND


def test_a_cart_in_checkout_is_looked_at_later() -> None:
    assert decided(seen(status=CartStatus.CHECKING_OUT), hours=2) == (Step.WAIT, 3)


@pytest.mark.parametrize("status", [CartStatus.CONVERTED, CartStatus.MERGED])
def test_a_cart_that_is_over_is_looked_at_no_more(status: CartStatus) -> None:
    assert decided(seen(status=status), hours=2)[0] is Step.END


def test_there_are_three_reminders_and_no_fourth() -> None:
    assert decided(seen(), hours=24, sent=Sent(1, NOON + timedelta(hours=1)))[0] is Step.REMIND
    assert decided(seen(), hours=72, sent=Sent(2, NOON + timedelta(hours=24)))[0] is Step.REMIND
    assert decided(seen(), hours=99, sent=Sent(3, NOON + timedelta(hours=72)))[0] is Step.END


def test_reminders_that_could_not_be_sent_for_a_while_do_not_come_all_at_once() -> None:
    late = NOON + timedelta(hours=100)

    assert decided(seen(), hours=100, sent=Sent(1, late)) == (Step.WAIT, 123)


def test_nobody_is_reminded_of_what_they_left_before_they_were_reminded_of_another_cart() -> None:
    another = Reminded("crt_another", at=NOON, until=NOON + timedelta(hours=5))

    assert decided(seen(reminded_of=another), hours=2) == (Step.WAIT, 74)


def test_a_cart_waits_until_another_has_had_its_turn() -> None:
    another = Reminded("crt_another", at=NOON - timedelta(hours=1), until=NOON + timedelta(hours=5))

    assert decided(seen(reminded_of=another), hours=2) == (Step.WAIT, 5)
    assert decided(seen(reminded_of=another), hours=5)[0] is Step.REMIND


def test_a_turn_lasts_until_the_next_reminder_and_keeps_others_apart_from_it() -> None:
    day = timedelta(days=1)

    assert turn_until(NOON, None, apart_seconds=86_400) == NOON + day
    assert turn_until(NOON, NOON + day, apart_seconds=86_400) == NOON + 2 * day


def test_a_copy_brings_what_it_holds_more_of() -> None:
    own = [a_line(COFFEE, quantity=2), a_line("GABI", quantity=1)]
    copy = [a_line(COFFEE, quantity=3), a_line("GABI", quantity=1), a_line("NETELA", quantity=4)]

    assert [(line.sku, line.quantity) for line in beyond(own, copy)] == [(COFFEE, 1), ("NETELA", 4)]
