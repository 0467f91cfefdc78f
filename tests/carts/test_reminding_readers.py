"""Is somebody with several carts written to about one of them, however many name their address?"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from chalicelib.carts.service import reminding
from chalicelib.core.storage import transactions
from tests.carts.builders import a_variant, put_in
from tests.carts.leaving import HANA, HOUR, a_left_cart, announced, looked, reminder_of
from tests.catalog.timing import later
from tests.support.account import Account


@pytest.fixture(autouse=True)
def selling(aws: Account) -> Account:
    """Every test begins with a shop that sells coffee."""
    a_variant()
    return aws


def numbers_of(*cart_ids: str) -> list[list[int]]:
    return [[each["number"] for each in announced(cart_id)] for cart_id in cart_ids]


def test_of_many_carts_with_one_address_one_is_reminded_of() -> None:
    carts = [a_left_cart("Hana@Example.com" if number % 2 else HANA)[1] for number in range(8)]

    for hours in (1.1, 1.2, 24.5, 72.5, 100, 200, 300, 400):
        looked(hours=hours)

    assert sorted(numbers_of(*carts)) == [[]] * 7 + [[1, 2, 3]]


def test_another_cart_is_reminded_of_once_somebody_came_back_to_it_and_the_first_has_had_its_turn() -> None:
    _, first = a_left_cart()
    guest, second = a_left_cart()
    for hours in (1.1, 24.1, 72.1):
        looked(hours=hours)

    with later(72.5 * HOUR):
        put_in(guest, f"/carts/{second}")
    for hours in (73.2, 95.9):
        looked(hours=hours)
    during = numbers_of(first, second)
    for hours in (150, 200):
        looked(hours=hours)

    assert during == [[1, 2, 3], []]
    assert numbers_of(second) == [[1, 2]]


def test_how_far_reminders_of_two_carts_are_apart_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CART_REMINDERS_AFTER_SECONDS", "3600")
    monkeypatch.setenv("CART_REMINDERS_APART_SECONDS", str(5 * HOUR))
    a_left_cart()
    looked(hours=1.1)
    with later(1.2 * HOUR):
        _, second = a_left_cart()

    looked(hours=2.3)

    assert numbers_of(second) == [[]]
    looked(hours=6)
    assert numbers_of(second) == [[]]
    looked(hours=6.2)
    assert numbers_of(second) == [[1]]


def test_readers_have_turns_of_their_own() -> None:
    carts = [a_left_cart(email)[1] for email in (HANA, "dawit@example.com")]

    looked(hours=1.1)

    assert numbers_of(*carts) == [[1], [1]]


@pytest.mark.parametrize("attempt", range(3))
def test_of_carts_that_are_looked_at_at_once_one_is_reminded_of(attempt: int) -> None:
    carts = [a_left_cart()[1] for _ in range(6)]

    with later(1.1 * HOUR), ThreadPoolExecutor(len(carts)) as schedules:
        list(schedules.map(lambda each: transactions.settled(partial(reminding.look_after, each)), carts))

    assert sorted(numbers_of(*carts)) == [[]] * 5 + [[1]]
    assert [reminder_of(each).status for each in carts] == ["waiting"] * len(carts)
