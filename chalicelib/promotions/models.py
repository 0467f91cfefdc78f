"""What do promotions keep? What staff wrote, coupons, counters of what is left, and what each purchase took."""

from chalicelib.core.storage.attributes import BooleanAttribute, IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item, VersionedItem
from chalicelib.pricing import rules as pricing
from chalicelib.promotions.rules import Claims, Limits


class Promotion(VersionedItem, discriminator="promotion"):
    """What staff wrote. An automatic one is for everybody, and any other for those who have a code."""

    promotion_id = UnicodeAttribute()
    status = UnicodeAttribute()
    is_automatic = BooleanAttribute()
    terms = ValueAttribute[pricing.Promotion](pricing.Promotion)
    limits = ValueAttribute[Limits](Limits)
    created_at = UnicodeAttribute()


class AutomaticPromotions(VersionedItem, discriminator="automatic_promotions"):
    """All automatic promotions that are not over, so that a quote reads one item however many there are."""

    promotions = ValueAttribute[list[pricing.Promotion]](list[pricing.Promotion])


class PromotionUses(Item, discriminator="promotion_uses"):
    """How many uses of a promotion are left of its ``limit``.

    limit = uses_left + held by checkouts + spent on orders

    It stays when the limit is taken away, so that a later one goes on where this one stopped.
    """

    promotion_id = UnicodeAttribute()
    limit = IntegerAttribute()
    uses_left = IntegerAttribute()


class Coupon(Item, discriminator="coupon"):
    """A code, and the promotion that it leads to. Its key is its guard. Without a ``limit`` nobody counts its uses.

    Those of a batch were made together, at random. The index lists what belongs to a batch or, singly, to a promotion.
    """

    code = UnicodeAttribute()
    promotion_id = UnicodeAttribute()
    batch_id = UnicodeAttribute(null=True)
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


class CouponBatch(VersionedItem, discriminator="coupon_batch"):
    """A job: so many random codes are ``wanted``, and so many of them ``made``. Announces that more are to be made."""

    batch_id = UnicodeAttribute()
    promotion_id = UnicodeAttribute()
    prefix = UnicodeAttribute(default="")
    wanted = IntegerAttribute()
    made = IntegerAttribute(default=0)
    uses_per_code = IntegerAttribute(null=True)
    created_at = UnicodeAttribute()
