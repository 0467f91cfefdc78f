"""How can promotions, coupons and what is left of them be broken?"""

from dataclasses import replace

from chalicelib.checkout.models import FrozenQuote
from chalicelib.core.storage import promotion_keys as keys
from chalicelib.orders.models import Order
from chalicelib.promotions.models import (
    AutomaticPromotions,
    Coupon,
    CouponBatch,
    CustomerUses,
    Promotion,
    PromotionHold,
    PromotionUses,
)
from chalicelib.promotions.rules import Claims, HoldStatus, PromotionStatus
from tests.books.breaking import Breakages
from tests.books.copy_of_table import TableCopy
from tests.books.some_promotions import MESKEREM

breakages = Breakages()


@breakages.of("uses_are_what_purchases_took")
def a_released_use_of_a_promotion_did_not_come_back(table: TableCopy) -> None:
    uses = table.one(PromotionUses)
    table.change(uses, uses_left=uses.uses_left - 1)


@breakages.of("uses_are_what_purchases_took")
def a_code_may_be_used_once_more_than_staff_said(table: TableCopy) -> None:
    coupon = table.one(Coupon, code=MESKEREM)
    table.change(coupon, uses_left=(coupon.uses_left or 0) + 1)


@breakages.of("uses_are_what_purchases_took")
def a_customer_who_has_used_a_coupon_may_use_it_again(table: TableCopy) -> None:
    table.change(table.one(CustomerUses, uses=1), uses=0)


@breakages.of("uses_are_what_purchases_took")
def what_counts_a_customers_uses_is_lost(table: TableCopy) -> None:
    table.drop(table.one(CustomerUses, uses=1))


@breakages.of("no_limit_is_overdrawn")
def more_uses_were_given_out_than_there_were(table: TableCopy) -> None:
    uses = table.one(PromotionUses)
    table.change(uses, limit=uses.limit - uses.uses_left - 1, uses_left=-1)


@breakages.of("no_limit_is_overdrawn")
def a_code_was_used_more_often_than_it_may(table: TableCopy) -> None:
    coupon = table.one(Coupon, code=MESKEREM)
    table.change(coupon, limit=(coupon.limit or 0) - (coupon.uses_left or 0) - 1, uses_left=-1)


@breakages.of("no_limit_is_overdrawn", is_alone=False)
def a_customer_used_less_than_nothing(table: TableCopy) -> None:
    table.change(table.one(CustomerUses, uses=1), uses=-1)


@breakages.of("uses_go_with_their_units")
def uses_are_held_for_a_checkout_that_was_given_up(table: TableCopy) -> None:
    table.change(_released(table), status=HoldStatus.HELD, claims=Claims())


@breakages.of("uses_go_with_their_units")
def uses_were_spent_on_nothing(table: TableCopy) -> None:
    table.change(_released(table), status=HoldStatus.SPENT, claims=Claims())


@breakages.of("uses_go_with_their_units")
def what_was_bought_gave_its_uses_back(table: TableCopy) -> None:
    hold = table.one(PromotionHold, status="spent")
    table.change(hold, status=HoldStatus.RELEASED)
    _uncounted(table, hold.claims)


@breakages.of("uses_go_with_their_units")
def uses_are_held_without_any_stock(table: TableCopy) -> None:
    key = keys.promotion_hold("chk_NONE-1")
    table.add(PromotionHold.at(key, reservation_id="chk_NONE-1", status=HoldStatus.HELD, claims=Claims()))


@breakages.of("no_limit_is_overdrawn")
def a_customer_used_a_coupon_twice(table: TableCopy) -> None:
    spent, held = (table.one(PromotionHold, status=status) for status in ("spent", "held"))
    claims = replace(held.claims, subjects=spent.claims.subjects)
    table.change(_quote_that_counts(table, held.claims), limited_uses=claims)
    for subject in held.claims.subjects:
        table.drop(table.one(CustomerUses, subject=subject))
    table.change(held, claims=claims)
    for subject in spent.claims.subjects:
        table.change(table.one(CustomerUses, subject=subject), uses=2)


@breakages.of("purchases_use_what_their_quotes_count")
def a_discount_was_given_that_nobody_counts(table: TableCopy) -> None:
    hold = table.one(PromotionHold, status="spent")
    table.drop(hold)
    _uncounted(table, hold.claims)


@breakages.of("purchases_use_what_their_quotes_count")
def less_is_counted_than_a_quote_says(table: TableCopy) -> None:
    hold = table.one(PromotionHold, status="held")
    _uncounted(table, hold.claims)
    table.change(hold, claims=Claims())


@breakages.of("purchases_use_what_their_quotes_count")
def more_is_counted_than_a_quote_says(table: TableCopy) -> None:
    hold = table.one(PromotionHold, status="held")
    table.change(_quote_that_counts(table, hold.claims), limited_uses=None)


@breakages.of("purchases_use_what_their_quotes_count")
def a_use_is_spent_on_an_order_that_names_another_code(table: TableCopy) -> None:
    frozen = _quote_that_counts(table, table.one(PromotionHold, status="spent").claims)
    order = next(each for each in table.all(Order) if each.quote == frozen.quote)
    quote = replace(frozen.quote, applied=tuple(replace(each, code="OTHER") for each in frozen.quote.applied))
    for holder in (frozen, order):
        table.change(holder, quote=quote)


@breakages.of("automatic_promotions_are_listed")
def nobody_gets_what_staff_gave_to_all(table: TableCopy) -> None:
    table.change(table.one(AutomaticPromotions), promotions=[])


@breakages.of("automatic_promotions_are_listed")
def everybody_gets_what_staff_have_ended(table: TableCopy) -> None:
    table.change(table.one(Promotion, is_automatic=True, status="active"), status=PromotionStatus.ENDED)


@breakages.of("automatic_promotions_are_listed")
def everybody_gets_more_than_staff_wrote(table: TableCopy) -> None:
    listed = table.one(AutomaticPromotions)
    table.change(listed, promotions=[replace(each, priority=99) for each in listed.promotions])


@breakages.of("coupons_lead_to_promotions")
def a_code_leads_nowhere(table: TableCopy) -> None:
    table.add(Coupon.at(keys.coupon("NOWHERE"), code="NOWHERE", promotion_id="prm_NONE"))


@breakages.of("coupons_lead_to_promotions")
def a_code_leads_to_what_everybody_gets(table: TableCopy) -> None:
    automatic = table.one(Promotion, is_automatic=True)
    table.add(Coupon.at(keys.coupon("ALL"), code="ALL", promotion_id=automatic.promotion_id))


@breakages.of("coupons_lead_to_promotions")
def a_batch_lost_a_code(table: TableCopy) -> None:
    table.drop(table.one(Coupon, batch_id=table.one(CouponBatch).batch_id))


def _quote_that_counts(table: TableCopy, claims: Claims) -> FrozenQuote:
    return next(each for each in table.all(FrozenQuote) if each.claims == claims)


def _uncounted(table: TableCopy, claims: Claims) -> None:
    """Give everything back that a purchase counts."""
    promotion, coupon = table.one(PromotionUses), table.one(Coupon, code=MESKEREM)
    table.change(promotion, uses_left=promotion.uses_left + 1)
    table.change(coupon, uses_left=(coupon.uses_left or 0) + 1)
    for subject in claims.subjects:
        table.change(table.one(CustomerUses, subject=subject), uses=0)


def _released(table: TableCopy) -> PromotionHold:
    return table.one(PromotionHold, status="released")
