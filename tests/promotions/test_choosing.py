"""Which promotions does a quote get to choose from, at what cost, and what will a purchase by it count?"""

from typing import Any

import pytest

from chalicelib.core import clock
from chalicelib.core.settings import settings
from chalicelib.core.storage.table import find_many
from chalicelib.pricing import rules as pricing
from chalicelib.promotions import service as promotions
from chalicelib.promotions.rules import Claim, Claims, WhyNot
from tests.pricing.builders import coffee, the_terms
from tests.promotions.builders import HANA, HANAS_MAIL
from tests.promotions.defining import a_coupon, a_promotion, changed
from tests.support.account import Account
from tests.support.recorded_calls import recording

SUBJECTS = (HANA, HANAS_MAIL)
ONE_BIRR = {"amount": 100, "currency": "ETB"}
STACKABLE = {"is_stackable": True}


def quoted(*codes: str) -> pricing.Quote:
    """Quote a bag of coffee with some codes."""
    return pricing.quote([coffee()], terms_with(*codes))


def terms_with(*codes: str) -> pricing.Terms:
    found = promotions.candidates(codes)
    limited = {"limited_ids": found.limited_ids, "limited_at_most": settings.limited_coupons_limit}
    return the_terms(*found.promotions, at=clock.now(), **limited)


def claimed(*codes: str) -> Claims:
    """Return what Hana's purchase of a bag of coffee with some codes counts."""
    return promotions.claims_of(quoted(*codes), promotions.candidates(codes).claims, subjects=SUBJECTS)


def refused(*codes: str, **told: Any) -> dict[str, WhyNot]:
    return {each.code: each.why for each in promotions.candidates(codes, **told).refused}


def test_a_quote_without_codes_reads_one_item_however_many_promotions_there_are(aws: Account) -> None:
    ids = [a_promotion(is_automatic=True).promotion_id for _ in range(5)]
    a_coupon()

    with recording(aws.dynamodb) as calls:
        found = promotions.candidates([])

    assert calls.operations == ["BatchGetItem"]
    assert [each.id for each in found.promotions] == ids


def test_codes_take_one_more_read(aws: Account) -> None:
    a_promotion(is_automatic=True)
    a_coupon("A10")
    a_coupon("B10", uses=5)

    with recording(aws.dynamodb) as calls:
        found = promotions.candidates(["a10", "B10", "NONE"], subjects=SUBJECTS)

    assert calls.operations == ["BatchGetItem", "BatchGetItem"]
    assert [each.code for each in found.promotions] == [None, "A10", "B10"]
    assert [(each.code, each.why) for each in found.refused] == [("NONE", WhyNot.UNKNOWN)]


def test_what_the_caller_has_read_already_is_not_read_again(aws: Account) -> None:
    a_promotion(is_automatic=True)
    a_coupon()
    codes = ["MESKEREM10"]
    found = find_many(promotions.candidate_keys(codes))

    with recording(aws.dynamodb) as calls:
        chosen = promotions.candidates(codes, found=found)

    assert calls.operations == ["BatchGetItem"]
    assert [each.code for each in chosen.promotions] == [None, "MESKEREM10"]


def test_a_shop_without_promotions_has_none_to_choose_from(aws: Account) -> None:
    assert promotions.candidates([]) == promotions.Candidates()


def test_ending_a_promotion_ends_its_codes_at_once(aws: Account) -> None:
    promotion = a_coupon()
    promotions.end_promotion(promotion.promotion_id, if_version=None)

    assert refused("MESKEREM10") == {"MESKEREM10": WhyNot.OVER}


def test_a_code_counts_until_all_its_uses_are_taken(aws: Account) -> None:
    a_coupon("ONCE", uses=1)
    a_coupon("FEW", limits={"uses": 1})
    for number, code in enumerate(("ONCE", "FEW")):
        assert refused(code) == {}
        promotions.take(f"res_{number}", claimed(code))

    assert refused("ONCE", "FEW") == {"ONCE": WhyNot.USED_UP, "FEW": WhyNot.USED_UP}


@pytest.mark.parametrize("subjects", [(HANA,), (HANAS_MAIL,), SUBJECTS])
def test_whoever_has_used_a_code_is_told_so(aws: Account, subjects: tuple[str, ...]) -> None:
    a_coupon(limits={"uses_per_customer": 1})
    promotions.take("res_1", claimed("MESKEREM10"))

    assert refused("MESKEREM10", subjects=subjects) == {"MESKEREM10": WhyNot.LIMIT_REACHED}
    assert refused("MESKEREM10", subjects=("usr_DAWIT",)) == {}


def test_a_limit_that_was_taken_away_refuses_nobody(aws: Account) -> None:
    promotion = a_coupon(limits={"uses": 1})
    promotions.take("res_1", claimed("MESKEREM10"))

    changed(promotion)

    assert refused("MESKEREM10") == {}


def test_a_purchase_counts_each_limit_of_the_coupons_that_it_used(aws: Account) -> None:
    first = a_coupon("A10", uses=3, limits={"uses": 10, "uses_per_customer": 1}, priority=1, **STACKABLE)
    a_coupon("FREE", **STACKABLE)

    assert len(quoted("A10", "FREE").applied) == 2
    one = Claim(first.promotion_id, "A10", is_counted=True, is_code_counted=True, uses_per_customer=1)
    assert claimed("A10", "FREE") == Claims((one,), SUBJECTS)


def test_a_purchase_counts_no_coupon_that_took_nothing_off(aws: Account) -> None:
    a_coupon("STRONG", uses=3, priority=1)
    a_coupon("WEAK", uses=3)

    assert [each.code for each in promotions.candidates(["STRONG", "WEAK"]).claims] == ["STRONG", "WEAK"]
    assert [each.code for each in claimed("STRONG", "WEAK").uses] == ["STRONG"]


def test_a_purchase_that_used_no_coupon_counts_nothing(aws: Account) -> None:
    a_promotion(is_automatic=True)

    assert len(quoted().applied) == 1
    assert claimed() == Claims()


def test_a_purchase_counts_only_as_many_coupons_as_fit_its_transaction(aws: Account) -> None:
    for code in ("A10", "B10", "C10"):
        a_coupon(code, uses=3, **STACKABLE)

    quote, terms = quoted("A10", "B10", "C10"), terms_with("A10", "B10", "C10")
    passed_over = promotions.why_not(promotions.candidates(["A10", "B10", "C10"]), quote, lines=[coffee()], terms=terms)

    assert [each.why for each in passed_over] == [WhyNot.TOO_MANY]
    assert len(quote.applied) == len(claimed("A10", "B10", "C10").uses) == 2


@pytest.mark.parametrize(
    "foreign",
    [{"discount": {"kind": "fixed", "amount": ONE_BIRR}}, {"minimum_spend": ONE_BIRR}],
)
def test_amounts_in_a_currency_that_was_the_shops_count_no_more(
    aws: Account, monkeypatch: pytest.MonkeyPatch, foreign: dict[str, Any]
) -> None:
    a_promotion(is_automatic=True, **foreign)
    a_coupon("OLD", **foreign)
    percentage = a_promotion(is_automatic=True)
    monkeypatch.setenv("SHOP_CURRENCY", "KES")

    assert [each.id for each in promotions.candidates(["OLD"]).promotions] == [percentage.promotion_id]
    assert refused("OLD") == {"OLD": WhyNot.NO_EFFECT}


def test_naming_codes_to_a_cart_is_limited(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.core.errors import TooManyAttempts

    monkeypatch.setenv("COUPONS_PER_CART", "3/900")
    for _ in range(3):
        promotions.demand_few_codes("crt_1")

    with pytest.raises(TooManyAttempts):
        promotions.demand_few_codes("crt_1")
    promotions.demand_few_codes("crt_2")
