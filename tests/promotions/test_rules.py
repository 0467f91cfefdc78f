"""Which promotions count, and why does a code not count? Decisions alone."""

import unicodedata
from typing import Any

import pytest

from chalicelib.core.i18n import locales
from chalicelib.core.i18n.locales import WRITTEN
from chalicelib.core.money import Money
from chalicelib.pricing import rules as pricing
from chalicelib.promotions import rules
from chalicelib.promotions.rules import Candidates, CouponStanding, Limits, PromotionStatus, WhyNot
from tests.pricing.builders import birr_off, buy_get, coffee, free_delivery, gabi, only, percent_off, the_terms

START, END = "2026-09-11T00:00:00.000000Z", "2026-09-12T00:00:00.000000Z"
BEFORE, DURING = "2026-09-10T23:59:59.999999Z", "2026-09-11T12:00:00.000000Z"


def a_coupon(code: str = "MESKEREM10", promotion: pricing.Promotion | None = None, **told: Any) -> CouponStanding:
    """Return a coupon that counts, unless told otherwise."""
    nothing_counted = {"code_uses_left": None, "uses_left": None, "used_by_customer": 0}
    given = {"status": PromotionStatus.ACTIVE, "limits": Limits(), **nothing_counted, **told}
    return CouponStanding(code=code, promotion=promotion or percent_off(10, id="prm_1"), **given)


def reasons(*coupons: CouponStanding, moment: str = DURING) -> dict[str, WhyNot]:
    found = rules.candidates([], coupons, moment=moment)
    return {each.code: each.why for each in found.refused}


def codes_of(found: Candidates) -> list[str | None]:
    return [each.code for each in found.promotions]


@pytest.mark.parametrize(
    ("moment", "why"), [(BEFORE, WhyNot.NOT_YET), (START, None), (DURING, None), (END, WhyNot.OVER)]
)
def test_a_code_counts_from_its_beginning_until_just_before_its_end(moment: str, why: WhyNot | None) -> None:
    coupon = a_coupon(promotion=percent_off(10, id="prm_1", starts_at=START, ends_at=END))

    assert reasons(coupon, moment=moment).get("MESKEREM10") == why


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"status": PromotionStatus.ENDED}, WhyNot.OVER),
        ({"uses_left": 0, "limits": Limits(uses=5)}, WhyNot.USED_UP),
        ({"code_uses_left": 0}, WhyNot.USED_UP),
        ({"used_by_customer": 1, "limits": Limits(uses_per_customer=1)}, WhyNot.LIMIT_REACHED),
        ({"used_by_customer": 1, "limits": Limits(uses_per_customer=2)}, None),
        ({"used_by_customer": 9}, None),
    ],
)
def test_a_code_does_not_count_for_a_reason(told: dict[str, Any], why: WhyNot | None) -> None:
    assert reasons(a_coupon(**told)).get("MESKEREM10") == why


def test_a_code_brings_its_promotion_under_its_name() -> None:
    found = rules.candidates([percent_off(5, id="prm_0")], [a_coupon()], moment=DURING)

    assert [(each.id, each.code) for each in found.promotions] == [("prm_0", None), ("prm_1", "MESKEREM10")]


def test_automatic_promotions_have_their_time() -> None:
    automatic = percent_off(5, id="prm_0", starts_at=START, ends_at=END)

    assert [
        len(rules.candidates([automatic], [], moment=moment).promotions) for moment in (BEFORE, START, DURING, END)
    ] == [0, 1, 1, 0]


def test_two_codes_of_one_promotion_count_once() -> None:
    assert reasons(a_coupon("B"), a_coupon("A")) == {"B": WhyNot.REPEATED}


def a_limited_coupon(number: int, **told: Any) -> CouponStanding:
    """Return a coupon with one use, the stronger the higher its number is; others count beside it."""
    given = {"id": f"prm_{number}", "priority": number, "is_stackable": True, **told}
    return a_coupon(f"CODE{number}", percent_off(10, **given), code_uses_left=1)


def judged(*coupons: CouponStanding) -> tuple[list[str | None], dict[str, WhyNot]]:
    """Quote a bag of coffee where two limited promotions may apply; return the codes that do, and why others do not."""
    found, goods = rules.candidates([], coupons, moment=DURING), [coffee(350)]
    terms = the_terms(*found.promotions, limited_ids=found.limited_ids, limited_at_most=2)
    quote = pricing.quote(goods, terms)
    refused = rules.why_not(found, quote, lines=goods, terms=terms)
    return [each.code for each in quote.applied], {each.code: each.why for each in refused}


def test_of_limited_coupons_the_strongest_few_count() -> None:
    limited = [a_limited_coupon(number) for number in range(3)]
    unlimited = a_coupon("FREE", percent_off(10, id="prm_9", priority=-9, is_stackable=True))

    assert judged(*limited, unlimited) == (["CODE2", "CODE1", "FREE"], {"CODE0": WhyNot.TOO_MANY})


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"scope": only(product_id="prd_gabi")}, WhyNot.OUT_OF_SCOPE),
        ({"minimum_spend": Money(35_001, "ETB")}, WhyNot.MINIMUM_NOT_REACHED),
    ],
)
def test_a_limited_coupon_that_is_not_for_these_goods_takes_no_others_place(told: dict[str, Any], why: WhyNot) -> None:
    elsewhere = [a_limited_coupon(number, **told) for number in (8, 9)]
    fitting = [a_limited_coupon(number) for number in range(3)]

    applied, refused = judged(*elsewhere, *fitting)

    assert applied == ["CODE2", "CODE1"]
    assert refused == {"CODE9": why, "CODE8": why, "CODE0": WhyNot.TOO_MANY}


def test_a_limited_coupon_that_is_kept_out_takes_no_others_place() -> None:
    alone = [a_limited_coupon(number, is_stackable=False) for number in (4, 3)]

    applied, refused = judged(a_limited_coupon(9), *alone, a_limited_coupon(1))

    assert applied == ["CODE9", "CODE1"]
    assert refused == {"CODE4": WhyNot.NOT_STACKABLE, "CODE3": WhyNot.NOT_STACKABLE}


def why_nothing(*promotions: pricing.Promotion, shipping: int = 150) -> dict[str, WhyNot]:
    """Quote a bag of coffee; return why codes took nothing off it."""
    goods = [coffee(350)]
    terms = the_terms(*promotions, shipping=shipping)
    quote = pricing.quote(goods, terms)
    return {each.code: each.why for each in rules.why_not(Candidates(promotions), quote, lines=goods, terms=terms)}


@pytest.mark.parametrize(
    ("promotion", "why"),
    [
        (percent_off(10, id="prm_1", code="A"), None),
        (percent_off(10, id="prm_1", code="A", scope=only(product_id="prd_gabi")), WhyNot.OUT_OF_SCOPE),
        (percent_off(10, id="prm_1", code="A", minimum_spend=Money(35_001, "ETB")), WhyNot.MINIMUM_NOT_REACHED),
        (percent_off(10, id="prm_1", code="A", minimum_spend=Money(35_000, "ETB")), None),
        (buy_get(2, 1, id="prm_1", code="A"), WhyNot.NO_EFFECT),
        (free_delivery(id="prm_1", code="A"), None),
    ],
)
def test_a_code_that_takes_nothing_off_these_goods_has_a_reason(
    promotion: pricing.Promotion, why: WhyNot | None
) -> None:
    assert why_nothing(promotion).get("A") == why


@pytest.mark.parametrize(
    ("is_strong_stackable", "is_weak_stackable", "why"),
    [(False, False, WhyNot.NOT_STACKABLE), (False, True, WhyNot.NOT_STACKABLE), (True, False, WhyNot.NOT_STACKABLE)],
)
def test_a_code_may_be_kept_out_by_a_stronger_promotion(
    is_strong_stackable: bool, is_weak_stackable: bool, why: WhyNot
) -> None:
    strong = birr_off(10, id="prm_1", priority=1, is_stackable=is_strong_stackable)
    weak = birr_off(10, id="prm_2", code="WEAK", is_stackable=is_weak_stackable)

    assert why_nothing(strong, weak) == {"WEAK": why}


@pytest.mark.parametrize(
    "strong", [buy_get(2, 1, id="prm_1", code="A", priority=1), free_delivery(id="prm_1", code="A", priority=1)]
)
def test_a_code_is_kept_out_by_no_promotion_that_is_weaker(strong: pricing.Promotion) -> None:
    weak = birr_off(10, id="prm_2")

    assert why_nothing(strong, weak, shipping=0) == {"A": WhyNot.NO_EFFECT}


def test_stackable_codes_count_together_until_nothing_is_left() -> None:
    all_off = percent_off(100, id="prm_1", code="ALL", priority=1, is_stackable=True)
    more = percent_off(10, id="prm_2", code="MORE", is_stackable=True)

    assert why_nothing(all_off, more) == {"MORE": WhyNot.NO_EFFECT}


def test_a_minimum_is_told_with_the_reason() -> None:
    promotion = percent_off(10, id="prm_1", code="A", minimum_spend=Money(500_000, "ETB"))
    terms, goods = the_terms(promotion), [coffee(350), gabi(1_800)]

    (refused,) = rules.why_not(Candidates((promotion,)), pricing.quote(goods, terms), lines=goods, terms=terms)

    assert refused.facts == {"minimum": "5000.00", "currency": "ETB"}


def test_what_does_not_count_for_any_goods_is_told_too() -> None:
    found = rules.candidates([], [a_coupon(status=PromotionStatus.ENDED)], moment=DURING)
    terms = the_terms()

    (refused,) = rules.why_not(found, pricing.quote([coffee()], terms), lines=[coffee()], terms=terms)

    assert (refused.code, refused.why) == ("MESKEREM10", WhyNot.OVER)


@pytest.mark.parametrize("locale", WRITTEN)
@pytest.mark.parametrize("why", WhyNot)
def test_every_reason_has_words(locale: str, why: WhyNot) -> None:
    assert locales._messages(locale).get(f"coupons.{why}")


@pytest.mark.parametrize(
    "written", ["meskerem10", "Meskerem-10", " MESKEREM 10 ", unicodedata.normalize("NFD", "MESKEREM10")]
)
def test_a_code_has_one_spelling(written: str) -> None:
    assert rules.normalised(written) == "MESKEREM10"


def test_letters_with_accents_are_the_same_in_both_ways_of_writing_them() -> None:
    assert rules.normalised(unicodedata.normalize("NFD", "Café")) == rules.normalised("CAFÉ")


def test_random_codes_are_long_and_of_letters_that_nobody_mistakes() -> None:
    codes = {rules.random_code() for _ in range(500)}

    assert len(codes) == 500
    assert {len(code) for code in codes} == {12}
    assert not set("".join(codes)) & set("01ILOUV")


def test_a_purchase_without_limited_coupons_names_nobody() -> None:
    unlimited = rules.Claim("prm_1", "A", is_counted=False, is_code_counted=False, uses_per_customer=None)

    assert rules.claims([unlimited], ["usr_HANA"]) == rules.Claims()
