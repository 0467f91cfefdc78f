"""Are the uses of coupons taken all or none, and does what nobody spends come back exactly once?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.storage import transactions
from chalicelib.core.storage.transactions import settled
from chalicelib.inventory import service as inventory
from chalicelib.promotions import service as promotions
from chalicelib.promotions.errors import (
    CouponLimitReached,
    CouponUsedUp,
    UsesNotHeld,
    UsesReleased,
    UsesSpent,
    UsesTakenBefore,
)
from chalicelib.promotions.service import Claims
from tests.inventory.builders import a_line, some_stock, units
from tests.promotions.builders import (
    EVERYWHERE,
    HANA,
    HANAS_MAIL,
    a_claim,
    code_uses_left,
    counters,
    some_claims,
    status_of,
    used_by,
    uses_left,
)
from tests.support.account import Account
from tests.support.recorded_calls import recording

AT_ONCE = 10


def left() -> tuple[int, int | None, int, int]:
    """Return what is left of promotion and code, and how often Hana has used it by account and by mail."""
    return uses_left(), code_uses_left(), used_by(HANA), used_by(HANAS_MAIL)


def reserve_both(skus: list[str], claims: Claims) -> None:
    """Reserve a unit of each SKU and take the uses, as a checkout does."""
    with transactions.write():
        inventory.reserve("res_1", [a_line(sku) for sku in skus])
        promotions.take("res_1", claims)


UNTOUCHED, TAKEN = (5, 3, 0, 0), (4, 2, 1, 1)


@pytest.fixture
def coupon(aws: Account) -> None:
    counters(uses=5, code_uses=3)


def test_every_limit_is_taken_in_one_transaction(aws: Account, coupon: None) -> None:
    with recording(aws.dynamodb) as calls:
        promotions.take("res_1", EVERYWHERE)

    assert calls.operations == ["TransactWriteItems"]
    assert left() == TAKEN
    assert status_of("res_1") == "held"


def test_a_purchase_without_limited_promotions_writes_nothing(aws: Account) -> None:
    with recording(aws.dynamodb) as calls:
        promotions.take("res_1", Claims())

    assert calls.operations == []


def test_what_is_not_counted_is_not_written(aws: Account, coupon: None) -> None:
    promotions.take("res_1", some_claims(a_claim(is_code_counted=True)))

    assert left() == (5, 2, 0, 0)


@pytest.mark.parametrize("limit", ["promotion", "code"])
def test_a_coupon_that_is_used_up_is_refused_by_the_limit_that_it_met(aws: Account, limit: str) -> None:
    counters(uses=0 if limit == "promotion" else 9, code_uses=0 if limit == "code" else 9)

    with pytest.raises(CouponUsedUp) as refused:
        promotions.take("res_1", EVERYWHERE)

    assert refused.value.facts == {"code": "MESKEREM10", "limit": limit}
    assert (used_by(HANA), used_by(HANAS_MAIL)) == (0, 0)


@pytest.mark.parametrize("subjects", [(HANA, "other mail"), ("usr_OTHER", HANAS_MAIL), (HANAS_MAIL,)])
def test_a_customer_is_known_by_account_or_by_mail(aws: Account, coupon: None, subjects: tuple[str, ...]) -> None:
    promotions.take("res_1", EVERYWHERE)

    with pytest.raises(CouponLimitReached) as refused:
        promotions.take("res_2", some_claims(*EVERYWHERE.uses, subjects=subjects))

    assert refused.value.facts == {"code": "MESKEREM10", "limit": "customer"}
    assert left() == TAKEN


def test_a_customer_may_use_it_as_often_as_is_allowed(aws: Account, coupon: None) -> None:
    twice = some_claims(a_claim(uses_per_customer=2))
    promotions.take("res_1", twice)
    promotions.take("res_2", twice)

    with pytest.raises(CouponLimitReached):
        promotions.take("res_3", twice)

    assert used_by(HANA) == 2


def test_all_or_nothing_is_taken_of_two_coupons(aws: Account, coupon: None) -> None:
    counters(uses=0, promotion_id="prm_GENNA")
    both = some_claims(*EVERYWHERE.uses, a_claim(is_counted=True, promotion_id="prm_GENNA"))

    with pytest.raises(CouponUsedUp):
        promotions.take("res_1", both)

    assert left() == UNTOUCHED


def test_taking_twice_counts_once(aws: Account, coupon: None) -> None:
    promotions.take("res_1", EVERYWHERE)
    promotions.take("res_1", EVERYWHERE)

    assert left() == TAKEN


def test_taking_again_succeeds_although_nothing_more_is_left(aws: Account) -> None:
    counters(uses=1, code_uses=1)
    promotions.take("res_1", EVERYWHERE)

    promotions.take("res_1", EVERYWHERE)

    assert left() == (0, 0, 1, 1)


def test_do_then_undo_gives_the_uses_back_once(aws: Account, coupon: None) -> None:
    promotions.take("res_1", EVERYWHERE)

    promotions.release("res_1")
    promotions.release("res_1")

    assert left() == UNTOUCHED


def test_undo_then_do_takes_nothing(aws: Account, coupon: None) -> None:
    promotions.release("res_1")

    with pytest.raises(UsesReleased):
        promotions.take("res_1", EVERYWHERE)

    assert left() == UNTOUCHED


def test_do_undo_do_takes_nothing(aws: Account, coupon: None) -> None:
    promotions.take("res_1", EVERYWHERE)
    promotions.release("res_1")

    with pytest.raises(UsesReleased):
        promotions.take("res_1", EVERYWHERE)

    assert left() == UNTOUCHED


def test_undo_alone_may_come_twice(aws: Account) -> None:
    promotions.release("res_1")
    promotions.release("res_1")

    assert status_of("res_1") == "released"


def test_do_and_undo_at_the_same_time_leave_nothing_taken(aws: Account, coupon: None) -> None:
    def either(number: int) -> None:
        step: Callable[[str], None] = promotions.release if number % 2 else lambda key: promotions.take(key, EVERYWHERE)
        try:
            settled(lambda: step("res_1"))
        except UsesReleased:
            return

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(either, range(10)))

    assert left() == UNTOUCHED


def test_what_is_spent_cannot_be_released(aws: Account, coupon: None) -> None:
    promotions.take("res_1", EVERYWHERE)
    promotions.spend("res_1")

    with pytest.raises(UsesSpent):
        promotions.release("res_1")

    assert left() == TAKEN


def test_what_is_released_cannot_be_spent(aws: Account, coupon: None) -> None:
    promotions.take("res_1", EVERYWHERE)
    promotions.release("res_1")

    with pytest.raises(UsesNotHeld):
        promotions.spend("res_1")


def test_what_is_spent_is_not_spent_again(aws: Account, coupon: None) -> None:
    promotions.take("res_1", EVERYWHERE)
    promotions.spend("res_1")

    with pytest.raises(UsesNotHeld):
        promotions.spend("res_1")


def test_where_nothing_was_taken_nothing_is_spent(aws: Account) -> None:
    with recording(aws.dynamodb) as calls:
        promotions.spend("res_1")

    assert calls.operations == ["GetItem"]


def test_stock_and_coupon_are_taken_together_or_not_at_all(aws: Account) -> None:
    counters(uses=0, code_uses=1)
    some_stock(units=4)

    with pytest.raises(CouponUsedUp):
        reserve_both(["COFFEE-250"], EVERYWHERE)

    assert units() == (4, 4)
    assert (uses_left(), code_uses_left()) == (0, 1)


def test_joined_to_a_transaction_what_was_taken_before_is_told_at_its_end(aws: Account, coupon: None) -> None:
    promotions.take("res_1", EVERYWHERE)

    with pytest.raises(UsesTakenBefore), transactions.write():
        promotions.take("res_1", EVERYWHERE)

    assert left() == TAKEN


def test_ninety_skus_and_two_coupons_with_every_limit_fit_one_transaction(aws: Account, coupon: None) -> None:
    counters(uses=1, code_uses=1, promotion_id="prm_GENNA")
    skus = [some_stock(f"COFFEE-{number}", 1) for number in range(90)]
    other = a_claim(is_counted=True, is_code_counted=True, uses_per_customer=1, promotion_id="prm_GENNA")

    with recording(aws.dynamodb) as calls:
        reserve_both(skus, some_claims(*EVERYWHERE.uses, other))

    assert calls.operations == ["TransactWriteItems"]
    assert {units(sku) for sku in skus} == {(0, 1)}
    assert (left(), uses_left("prm_GENNA")) == (TAKEN, 0)


def test_a_customer_is_stored_under_a_digest_of_the_mail_address(aws: Account) -> None:
    signed_in = promotions.subjects_of("usr_HANA", "Hana@Coffee.example")

    assert signed_in[0] == "usr_HANA"
    assert signed_in[1:] == promotions.subjects_of(None, "hana@coffee.example")
    assert "hana" not in signed_in[1].lower()
