"""Do stock's books agree whatever happens, in whichever order, how often, and wherever somebody dies at it?

Another seed makes other histories: SEED=7 make test ARGS=tests/inventory/test_properties.py
"""

import os
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from infra.books.invariants import stock as stocks
from tests.inventory.some_goods import AT_ANY_TIME, SKUS, Crash, Goods
from tests.support.account import Account

SEED = int(os.environ.get("SEED", "20261125"))
HISTORIES, STEPS = 25, 40
HURRIED, AT_ONCE = 160, 8

# The name of a test that fails says with which seed.
with_seed = pytest.mark.parametrize("number", [SEED], ids=lambda number: f"SEED={number}")

skus, few = some.sampled_from(SKUS), some.integers(1, 4)
which = some.integers(0, 5)
# Most steps are taken by somebody who lives on.
ENDINGS = (None, None, None, None, Crash(0, False), Crash(0, True), Crash(1, False), Crash(1, True))
crashes = some.sampled_from(ENDINGS)
is_somebody_there = precondition(lambda self: self.goods.checkouts)


class History(RuleBasedStateMachine):
    """What may happen to two SKUs of one product, each step possibly cut off."""

    aws: Account

    @initialize(units=some.integers(4, 30))
    def something_is_there(self, units: int) -> None:
        self.goods = Goods(self.aws)
        for sku in SKUS:
            self.goods.move(sku, units)

    @rule(sku=skus, units=few, crash=crashes)
    def units_come(self, sku: str, units: int, crash: Crash | None) -> None:
        self.goods.move(sku, units, crash)

    @rule(sku=skus, units=few, crash=crashes)
    def units_are_found_missing(self, sku: str, units: int, crash: Crash | None) -> None:
        self.goods.move(sku, -units, crash)

    @rule(sku=skus, units=few, crash=crashes)
    def somebody_goes_to_pay(self, sku: str, units: int, crash: Crash | None) -> None:
        self.goods.reserve((sku, units), crash=crash)

    @rule(units=few, crash=crashes)
    def somebody_goes_to_pay_for_both(self, units: int, crash: Crash | None) -> None:
        self.goods.reserve(*((sku, units) for sku in SKUS), crash=crash)

    @is_somebody_there
    @rule(one=which, crash=crashes)
    def somebody_gives_up_or_time_is_over(self, one: int, crash: Crash | None) -> None:
        self.goods.release(one, crash)

    @is_somebody_there
    @rule(one=which, crash=crashes)
    def somebody_buys(self, one: int, crash: Crash | None) -> None:
        self.goods.buy(one, crash)

    @is_somebody_there
    @rule(one=which, crash=crashes)
    def the_ledger_hears_of_an_order(self, one: int, crash: Crash | None) -> None:
        self.goods.book(one, crash)

    @is_somebody_there
    @rule(one=which, units=few, crash=crashes)
    def something_comes_back(self, one: int, units: int, crash: Crash | None) -> None:
        self.goods.take_back(one, units, crash)

    @rule(one=which, crash=crashes)
    def somebody_looks_how_far_it_has_fallen(self, one: int, crash: Crash | None) -> None:
        self.goods.judge(one, crash)

    @precondition(lambda self: len(self.goods.checkouts) % 4 == 3)
    @rule()
    def the_books_are_looked_at(self) -> None:
        assert self.goods.troubles(*AT_ANY_TIME) == []

    def teardown(self) -> None:
        if hasattr(self, "goods"):
            assert self.goods.troubles(*AT_ANY_TIME) == []
            self.goods.everything_arrives()
            assert_all_agrees(self.goods)


def assert_all_agrees(goods: Goods) -> None:
    assert goods.troubles(*AT_ANY_TIME, stocks.levels_follow_the_stock) == []
    assert goods.unbooked() == []
    assert goods.wrongly_told() == []


@with_seed
def test_the_books_agree_after_any_history(aws: Account, number: int) -> None:
    history = seed(number)(type("AnyHistory", (History,), {"aws": aws}))

    run_state_machine_as_test(
        history,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            print_blob=True,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
        _min_steps=STEPS // 2,
    )


@with_seed
def test_the_books_agree_after_many_did_everything_at_once(aws: Account, number: int) -> None:
    chance, goods = random.Random(number), Goods(aws)
    goods.move(SKUS[0], 40)
    goods.move(SKUS[1], 40)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(lambda step: step(), [a_step(goods, chance) for _ in range(HURRIED)]))
    goods.everything_arrives()

    assert goods.troubles(*AT_ANY_TIME, stocks.levels_follow_the_stock) == []
    assert goods.unbooked() == []


def a_step(goods: Goods, chance: random.Random) -> Callable[[], Any]:
    """Return something that may happen at any time."""
    sku, units, one = chance.choice(SKUS), chance.randint(1, 6), chance.randint(0, 9)
    return chance.choice(
        [
            lambda: goods.move(sku, units),
            lambda: goods.move(sku, -units),
            lambda: goods.reserve((sku, units)),
            lambda: goods.reserve(*((each, units) for each in SKUS)),
            lambda: goods.release(one),
            lambda: goods.buy(one),
            lambda: goods.book(one),
            lambda: goods.take_back(one, units),
            lambda: goods.judge(one),
        ]
    )


@pytest.mark.parametrize("lie", ["available", "on_hand"])
def test_books_that_do_not_agree_are_noticed(aws: Account, lie: str) -> None:
    goods = Goods(aws)
    goods.move(SKUS[0], 10)

    goods.count_wrongly(SKUS[0], lie)

    assert goods.troubles(*AT_ANY_TIME) != []


def test_a_fall_that_nobody_was_told_of_is_noticed(aws: Account) -> None:
    goods = Goods(aws)
    goods.move(SKUS[0], 10)
    goods.everything_arrives()
    goods.move(SKUS[0], -8)
    goods.everything_arrives()
    assert goods.wrongly_told() == []

    goods.told[SKUS[0]].pop()

    assert goods.wrongly_told() == [SKUS[0]]
