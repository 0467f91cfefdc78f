"""What do promotions keep? What staff wrote, coupons, counters of what is left, and what each purchase took."""

from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item
from chalicelib.promotions.rules import Claims


class PromotionUses(Item, discriminator="promotion_uses"):
    """How many uses of a promotion are left of its ``limit``.

    limit = uses_left + held by checkouts + spent on orders

    It stays when the limit is taken away, so that a later one goes on where this one stopped.
    """

    promotion_id = UnicodeAttribute()
    limit = IntegerAttribute()
    uses_left = IntegerAttribute()


class Coupon(Item, discriminator="coupon"):
    """A code, and the promotion that it leads to. Its key is its guard. Without a ``limit`` nobody counts its uses."""

    code = UnicodeAttribute()
    promotion_id = UnicodeAttribute()
    limit = IntegerAttribute(null=True)
    uses_left = IntegerAttribute(null=True)


class CustomerUses(Item, discriminator="customer_uses"):
    """How often a customer has used a promotion, or holds it for a checkout that is under way."""

    promotion_id = UnicodeAttribute()
    subject = UnicodeAttribute()
    uses = IntegerAttribute(default=0)


class PromotionHold(Item, discriminator="promotion_hold"):
    """The uses that one reservation took. A released one may never have been held."""

    reservation_id = UnicodeAttribute()
    status = UnicodeAttribute()
    claims = ValueAttribute[Claims](Claims)
