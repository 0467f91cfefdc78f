"""What would this cart cost? For staff who try promotions out: the shop's own goods, plan, rates and quote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.catalog import service as catalog
from chalicelib.core import clock
from chalicelib.core.settings import settings
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from chalicelib.pricing import rules as pricing
from chalicelib.pricing import service as prices
from chalicelib.promotions import rules, store
from chalicelib.promotions.errors import PreviewNotForSale
from chalicelib.promotions.rules import Candidates, Refused
from chalicelib.promotions.schemas import PromotionPreviewDraft, terms_of
from chalicelib.promotions.service.choosing import candidate_keys, candidates
from chalicelib.promotions.service.promoting import demand_sensible
from chalicelib.promotions.service.subjects import subjects_of
from chalicelib.shipping import service as shipping
from chalicelib.shipping.rules import DeliveryOption

# What a draft that nobody has defined is called in a preview.
_TRIED = "prm_DRAFT"
_TRIED_CODE = "DRAFT"


PassedOver = tuple[pricing.Promotion, Refused]


@dataclass(frozen=True)
class Preview:
    """What a cart would cost, in which ways it could go, and what would take nothing off it."""

    quote: pricing.Quote
    options: Sequence[DeliveryOption]
    refused: Sequence[Refused]
    passed_over: Sequence[PassedOver]


def preview(draft: PromotionPreviewDraft) -> Preview:
    """Return what a cart would cost: 1 BatchGetItem per 100 rows, and 1 more for codes, 1 GetItem for the categories.

    Nothing is written or taken. Raises ``PreviewNotForSale``, ``CurrencyNotCharged``, and what defining the draft
    would: ``PromotionAutomatic`` or ``PromotionCurrency``.
    """
    at = clock.now() if draft.at is None else clock.from_text(draft.at)
    found = _read(draft)
    subjects = subjects_of(draft.customer_id, draft.email)
    defined = candidates(draft.codes, found=found, subjects=subjects, at=at)
    chosen, untimely = _with_tried(draft, defined, clock.as_text(at))
    terms = _terms(draft, found, chosen, at=at)
    goods = _goods(draft, found, at=at)
    quote = pricing.quote(goods, terms)
    return Preview(
        quote,
        options=pricing.delivery_options(goods, terms),
        refused=chosen.refused,
        passed_over=[*untimely, *rules.passed_over(chosen, quote, lines=goods, terms=terms)],
    )


def _read(draft: PromotionPreviewDraft) -> list[Item]:
    wanted: list[Key] = [shipping.plan_key(), prices.tax_rates_key(), *prices.rates_keys(draft.currency)]
    wanted += candidate_keys(draft.codes)
    return store.goods_beside(wanted, [catalog.variant_key(line.sku) for line in draft.lines])


def _goods(draft: PromotionPreviewDraft, found: Sequence[Item], *, at: datetime) -> list[pricing.Goods]:
    variants = {each.sku: each for item in found if (each := catalog.sellable(item)) is not None}
    offers = catalog.placed(catalog.offers_in(found, draft.currency, at=at, rates=prices.rates_in(found)))
    if gone := [line.sku for line in draft.lines if line.sku not in offers]:
        raise PreviewNotForSale(skus=gone)
    return [
        pricing.Goods(
            sku=line.sku,
            product_id=variants[line.sku].product_id,
            vendor_id=variants[line.sku].vendor_id,
            title=variants[line.sku].title,
            options=variants[line.sku].options,
            quantity=line.quantity,
            unit_price=offers[line.sku].price,
            weight_grams=offers[line.sku].weight_grams,
            tax_class=offers[line.sku].tax_class,
            brand_id=offers[line.sku].brand_id,
            category_ids=offers[line.sku].category_ids or (),
        )
        for line in draft.lines
    ]


def _with_tried(
    draft: PromotionPreviewDraft, chosen: Candidates, moment: str
) -> tuple[Candidates, Sequence[PassedOver]]:
    """Return what is chosen from with the draft that is tried, or why that does not run then."""
    if draft.promotion is None:
        return chosen, ()
    code = None if draft.promotion.is_automatic else _TRIED_CODE
    tried = terms_of(_TRIED, draft.promotion, code=code)
    demand_sensible(tried, draft.promotion.limits_wanted, is_automatic=draft.promotion.is_automatic)
    if (why := rules.why_not_at(tried, moment)) is not None:
        return chosen, [(tried, Refused(code or "", why))]
    return replace(chosen, promotions=(*chosen.promotions, tried)), ()


def _terms(draft: PromotionPreviewDraft, found: Sequence[Item], chosen: Candidates, *, at: datetime) -> pricing.Terms:
    stored = {item.key: item for item in found}
    currency = draft.currency or settings.shop_currency
    return pricing.Terms(
        currency=currency,
        prices_include_tax=settings.prices_include_tax,
        tax_rates=prices.tax_rates_from(stored.get(prices.tax_rates_key())),
        plan=shipping.plan_from(stored.get(shipping.plan_key())),
        at=at,
        destination=draft.place,
        method_id=draft.delivery_method_id,
        conversion=prices.conversion_into(currency, prices.rates_in(found)),
        promotions=chosen.promotions,
        limited_ids=chosen.limited_ids,
        limited_at_most=settings.limited_coupons_limit,
    )
