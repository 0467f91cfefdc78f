"""Do the counts agree after any history, in whichever order, how often, and wherever somebody dies at it?

Another seed makes other histories: SEED=7 make test ARGS=tests/promotions/test_histories.py
"""

import os
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.core import clock
from chalicelib.core.errors import Busy, Refusal
from chalicelib.core.storage.transactions import settled
from chalicelib.promotions import service as promotions
from chalicelib.promotions.models import Promotion
from chalicelib.promotions.rules import Claims
from infra.books.checking import books_of
from infra.books.invariants import promotions as invariants
from infra.books.reading import read_table
from tests.promotions.builders import a_claim, uses_left
from tests.promotions.defining import a_coupon, changed
from tests.support.account import TABLE, Account
from tests.support.faults import failing

SEED = int(os.environ.get("SEED", "20261125"))
HISTORIES, STEPS, AT_ONCE = 12, 40, 8
PURCHASES, CUSTOMERS, USES = 10, 4, 5

with_seed = pytest.mark.parametrize("number", [SEED], ids=lambda number: f"SEED={number}")
Step = Callable[[], object]


class Shop:
    """A coupon with every limit, and some purchases that want it."""

    def __init__(self, aws: Account, chance: random.Random, number: int) -> None:
        self.aws, self.chance, self.code = aws, chance, f"CODE{number}"
        limits = {"uses": USES, "uses_per_customer": 2}
        self.promotion: Promotion = a_coupon(self.code, uses=USES + 1, limits=limits)

    def step(self) -> Step:
        """Return something that may happen at any time."""
        which = self.chance.randrange(PURCHASES)
        reservation_id = f"{self.code}-{which}"
        claims = self.claims_of(which % CUSTOMERS)
        limit = self.chance.randint(1, 2 * USES)
        return self.chance.choice(
            [
                lambda: promotions.take(reservation_id, claims),
                lambda: promotions.take(reservation_id, claims),
                lambda: promotions.release(reservation_id),
                lambda: promotions.spend(reservation_id),
                lambda: changed(self.promotion, limits={"uses": limit, "uses_per_customer": 2}),
            ]
        )

    def claims_of(self, customer: int) -> Claims:
        counted = {"is_counted": True, "is_code_counted": True, "uses_per_customer": 2}
        claim = a_claim(promotion_id=self.promotion.promotion_id, code=self.code, **counted)
        return Claims((claim,), (f"{self.code} account {customer}", f"{self.code} mail {customer // 2}"))

    def taken(self, step: Step) -> None:
        """Take a step, or die at it before or after it has taken effect."""
        ending = self.chance.choice([None, None, None, False, True])
        with suppress(Refusal, PynamoDBException):
            if ending is None:
                settled(step)
            else:
                with failing(self.aws.dynamodb, "TransactWriteItems", "AccessDeniedException", is_carried_out=ending):
                    settled(step)


def troubles(aws: Account) -> list[str]:
    """Return what the books say of all coupons."""
    books = books_of(read_table(aws.cloud, TABLE), clock.now())
    looked_at = (invariants.uses_are_what_purchases_took, invariants.no_limit_is_overdrawn)
    return [f"{key}: {trouble}" for invariant in looked_at for key, trouble in invariant(books)]


@with_seed
def test_the_counts_agree_after_any_history(aws: Account, number: int) -> None:
    chance = random.Random(number)
    for history in range(HISTORIES):
        shop = Shop(aws, chance, history)
        for _ in range(STEPS):
            shop.taken(shop.step())

    assert troubles(aws) == []


@with_seed
def test_the_counts_agree_after_many_did_everything_at_once(aws: Account, number: int) -> None:
    shop = Shop(aws, random.Random(number), 0)
    steps = [shop.step() for _ in range(HISTORIES * AT_ONCE)]

    def taken(step: Step) -> None:
        with suppress(Refusal, Busy):
            settled(step)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(taken, steps))

    assert troubles(aws) == []


def test_a_count_that_does_not_agree_is_noticed(aws: Account) -> None:
    shop = Shop(aws, random.Random(1), 0)
    promotions.take("res_1", shop.claims_of(0))
    assert (troubles(aws), uses_left(shop.promotion.promotion_id)) == ([], USES - 1)

    aws.cloud.client("dynamodb").update_item(
        TableName=TABLE,
        Key={"pk": {"S": f"PROMOTION_USES#{shop.promotion.promotion_id}"}, "sk": {"S": "USES"}},
        UpdateExpression="ADD uses_left :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
    )

    assert len(troubles(aws)) == 1
