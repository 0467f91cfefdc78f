"""How are promotions and coupons defined and shown?"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.catalog.schemas.prices import Price
from chalicelib.core.money import Money
from chalicelib.core.wire import WHOLE, Draft, Labels, Moment, View
from chalicelib.pricing import rules as pricing
from chalicelib.pricing.rules import PromotionKind
from chalicelib.promotions.rules import Limits, PromotionStatus

_IDS_LIMIT = 100
_MOST_USES = 10_000_000
BATCH_LIMIT = 10_000

# More than nothing and at most all, with two decimals.
Percent = Annotated[
    str,
    StringConstraints(pattern=r"^(100|[1-9][0-9]?(\.[0-9]{1,2})?|0\.(0[1-9]|[1-9][0-9]?))$"),
    Field(examples=["12.5"]),
]
Units = Annotated[int, Field(ge=1, le=100), WHOLE]
Uses = Annotated[int, Field(ge=1, le=_MOST_USES), WHOLE]
# Letters and digits, Latin or Ethiopic. Small and capital letters are the same.
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9\u1200-\u137f]{3,30}$"), Field(examples=["MESKEREM10"])]
# As a shopper gives it: with spaces or hyphens where it was told in groups.
GivenCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9\u1200-\u137f -]{1,60}$")]
Prefix = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{0,10}$")]


def _distinct(given: list[str]) -> list[str]:
    if len(set(given)) < len(given):
        raise PydanticCustomError("repeated", "Give this once.")
    return given


Ids = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]],
    Field(max_length=_IDS_LIMIT, json_schema_extra={"uniqueItems": True}),
    AfterValidator(_distinct),
]


class PercentageDiscount(Draft):
    """A share of what the goods in scope cost."""

    kind: Literal[PromotionKind.PERCENTAGE]
    percent: Percent


class FixedDiscount(Draft):
    """An amount, shared among the goods in scope."""

    kind: Literal[PromotionKind.FIXED]
    amount: Price


class FreeShippingDiscount(Draft):
    """Delivery costs nothing when something in scope is bought."""

    kind: Literal[PromotionKind.FREE_SHIPPING]


class BuyXGetYDiscount(Draft):
    """Of each `buy_quantity` and `get_quantity` units in scope, the cheapest `get_quantity` are reduced."""

    kind: Literal[PromotionKind.BUY_X_GET_Y]
    buy_quantity: Units
    get_quantity: Units
    percent: Percent = "100"


Discount = Annotated[
    PercentageDiscount | FixedDiscount | FreeShippingDiscount | BuyXGetYDiscount, Field(discriminator="kind")
]


class PromotionScope(Draft):
    """Which goods it is for: those that any list names, and all goods when every list is empty."""

    product_ids: Ids = []
    category_ids: Annotated[Ids, Field(description="With all that lies in them.")] = []
    brand_ids: Ids = []
    vendor_ids: Ids = []


class PromotionLimits(Draft):
    """How often it may be used, by all together and by each customer; null is without limit."""

    uses: Uses | None = None
    uses_per_customer: Uses | None = None


class PromotionChange(Draft):
    """What a promotion shall be: from `starts_at` until just before `ends_at`, open where absent.

    The one of the highest `priority` decides: when it is not stackable nothing else applies, and when it is, those that
    are not are passed over. `minimum_spend` is what the goods in scope cost before any discount.
    """

    name: Labels
    discount: Discount
    scope: PromotionScope = PromotionScope()
    minimum_spend: Price | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    priority: Annotated[int, Field(ge=-1_000, le=1_000), WHOLE] = 0
    is_stackable: bool = False
    limits: PromotionLimits = PromotionLimits()

    @field_validator("ends_at")
    @classmethod
    def _ends_after_it_starts(cls, ends_at: str | None, given: ValidationInfo) -> str | None:
        starts_at = given.data.get("starts_at")
        if ends_at is not None and starts_at is not None and ends_at <= starts_at:
            raise PydanticCustomError("ends_too_soon", "This must end after it starts.")
        return ends_at

    @property
    def limits_wanted(self) -> Limits:
        """Return the limits as a value."""
        return Limits(self.limits.uses, self.limits.uses_per_customer)


class PromotionDraft(PromotionChange):
    """A new promotion. An automatic one is for everybody, and has no limits; any other is for those with a coupon."""

    is_automatic: bool


def terms_of(promotion_id: str, draft: PromotionChange, *, code: str | None = None) -> pricing.Promotion:
    """Return what a draft says as pricing takes it."""
    given: dict[str, Any] = {name: getattr(draft.discount, name) for name in type(draft.discount).model_fields}
    if "percent" in given:
        given["percent"] = Decimal(given["percent"])
    scope = {name: frozenset(getattr(draft.scope, name)) for name in PromotionScope.model_fields}
    return pricing.Promotion(
        id=promotion_id,
        name=draft.name,
        scope=pricing.Scope(**scope),
        minimum_spend=draft.minimum_spend,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        priority=draft.priority,
        is_stackable=draft.is_stackable,
        code=code,
        **given,
    )


class PromotionDiscountView(View):
    """What a promotion gives; what its kind has nothing to say to is null."""

    kind: PromotionKind
    percent: str | None
    amount: Money | None
    buy_quantity: int | None
    get_quantity: int | None


class PromotionScopeView(View):
    """Which goods a promotion is for."""

    product_ids: list[str]
    category_ids: list[str]
    brand_ids: list[str]
    vendor_ids: list[str]


class PromotionLimitsView(View):
    """How often a promotion may be used. `uses_left` is told where one promotion is read, and null where unlimited."""

    uses: int | None
    uses_per_customer: int | None
    uses_left: int | None


class PromotionView(View):
    """A promotion as staff define it."""

    id: str
    status: PromotionStatus
    is_automatic: bool
    name: dict[str, str]
    discount: PromotionDiscountView
    scope: PromotionScopeView
    minimum_spend: Money | None
    starts_at: str | None
    ends_at: str | None
    priority: int
    is_stackable: bool
    limits: PromotionLimitsView
    created_at: str


class CouponDraft(Draft):
    """A code that people are told, and how often it may be used; null is without a limit of its own."""

    code: Code
    uses: Uses | None = None


class CouponView(View):
    """A code. `uses` and `uses_left` are null where nobody counts them for this code alone."""

    code: str
    promotion_id: str
    batch_id: str | None
    uses: int | None
    uses_left: int | None


class CouponBatchDraft(Draft):
    """How many codes are to be made at random, each to be used so often; they begin with `prefix`."""

    quantity: Annotated[int, Field(ge=1, le=BATCH_LIMIT), WHOLE]
    uses_per_code: Uses | None = 1
    prefix: Prefix = ""


class CouponBatchView(View):
    """Codes that are made together. It is whole when as many are `made` as are wanted (`quantity`)."""

    id: str
    promotion_id: str
    quantity: int
    made: int
    uses_per_code: int | None
    prefix: str
    created_at: str
