"""Which coupons are there in the ring, how often may each be used, and how much cheaper may an order be by it?"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.orders.models import Order
from chalicelib.pricing.rules import Quote
from tests.promotions.defining import a_coupon


@dataclass(frozen=True)
class RingCoupon:
    """A code, its limits, and the most that it takes off a quote in minor units; ``None`` is without limit."""

    code: str
    takes_off: Callable[[Quote], int]
    members: dict[str, Any]
    uses: int | None = None
    uses_of_code: int | None = None
    uses_per_customer: int | None = None

    def keep(self) -> None:
        """Define it as staff do."""
        limits = {"uses": self.uses, "uses_per_customer": self.uses_per_customer}
        a_coupon(self.code, uses=self.uses_of_code, is_stackable=True, limits=limits, **self.members)


FIFTY_BIRR, FULL_DELIVERY = 50_00, 150_00
# A tenth of each line may be rounded up.
TENTH = RingCoupon(
    "TENTHOFF",
    lambda quote: quote.subtotal.minor // 10 + len(quote.lines),
    {"discount": {"kind": "percentage", "percent": "10"}, "priority": 1},
    uses=2,
)
ONCE = RingCoupon(
    "ONCEEACH",
    lambda quote: FIFTY_BIRR,
    {"discount": {"kind": "fixed", "amount": {"amount": FIFTY_BIRR, "currency": "ETB"}}},
    uses_of_code=3,
    uses_per_customer=1,
)
ALL_FREE = RingCoupon(
    "ALLFREE",
    lambda quote: quote.subtotal.minor,
    {"discount": {"kind": "percentage", "percent": "100"}},
    uses=3,
)
BROUGHT = RingCoupon("BROUGHT", lambda quote: FULL_DELIVERY, {"discount": {"kind": "free_shipping"}})
COUPONS = {each.code: each for each in (TENTH, ONCE, ALL_FREE, BROUGHT)}

# What somebody names to a cart: what is limited for all and for each, and what makes everything free.
LIMITED = (TENTH.code, ONCE.code)
FOR_NOTHING = (ALL_FREE.code, BROUGHT.code)


def keep_coupons() -> None:
    """Make the coupons, once."""
    for coupon in COUPONS.values():
        coupon.keep()


def misused(orders: Sequence[Order], prices: dict[str, int]) -> Iterator[str]:
    """Say which orders are cheaper than their codes allow, and which codes were used too often.

    Told from the orders alone: neither from counters nor from what purchases held.
    """
    uses: Counter[str] = Counter()
    by_customer: Counter[tuple[str, str]] = Counter()
    for order in orders:
        codes = [str(each.code) for each in order.quote.applied]
        uses.update(codes)
        by_customer.update((code, order.email) for code in codes)
        full = sum(prices[line.sku] * line.quantity for line in order.quote.lines) + FULL_DELIVERY
        paid = (order.quote.subtotal - order.quote.discount + order.quote.shipping).minor
        allowed = sum(COUPONS[code].takes_off(order.quote) for code in codes)
        if full - paid > allowed:
            yield f"{order.checkout_id} is {full - paid} cheaper by {codes}, which allow {allowed}"
    for code, count in uses.items():
        coupon = COUPONS[code]
        if any(limit is not None and count > limit for limit in (coupon.uses, coupon.uses_of_code)):
            yield f"{code} was used by {count} orders"
    for (code, email), count in by_customer.items():
        most = COUPONS[code].uses_per_customer
        if most is not None and count > most:
            yield f"{code} was used by {count} orders of {email}"
