"""What is stored of checkouts?"""

from chalicelib.addresses.rules import Place
from chalicelib.checkout.rules import CheckoutStatus, Totals
from chalicelib.core.storage.attributes import IntegerAttribute, PackedAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.shapes import Row, reshaped
from chalicelib.core.storage.table import Item, VersionedItem
from chalicelib.payments.rules import PaymentMethod
from chalicelib.pricing.rules import Quote, with_discounts
from chalicelib.promotions.rules import Claims


def with_discount(row: Row) -> Row:
    """Give a checkout's totals a discount; there was none."""
    return reshaped(row, "totals", lambda totals: {**totals, "discount": {**totals["total"], "amount": 0}})


def with_quote_of_today(row: Row) -> Row:
    """Give a frozen quote what promotions and several rates of tax added to quotes."""
    return reshaped(row, "quote", with_discounts)


class Checkout(VersionedItem, discriminator="checkout"):
    """A purchase under way. Kept small, since it moves often and is in the index of those to look after."""

    checkout_id = UnicodeAttribute()
    owner = UnicodeAttribute()
    cart_id = UnicodeAttribute()
    payment_id = UnicodeAttribute()
    status = UnicodeAttribute(default=CheckoutStatus.RESERVING)
    attempt = IntegerAttribute(default=1)
    pay_by = UnicodeAttribute()
    email = UnicodeAttribute()
    locale = UnicodeAttribute()
    return_url = UnicodeAttribute()
    payment_method = UnicodeAttribute(default=PaymentMethod.CHAPA)
    totals = ValueAttribute[Totals](Totals)
    payment_url = UnicodeAttribute(null=True)
    order_id = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    shortages = ValueAttribute[list[str]](list[str], default=list)
    used_up_code = UnicodeAttribute(null=True)
    refund_ids = ValueAttribute[list[str]](list[str], null=True)  # of money that goes back, if any does
    upgrades = (with_discount,)


class FrozenQuote(Item, discriminator="frozen_quote"):
    """What a checkout sells, at which prices, and where it goes; written once, so that a price cannot move."""

    quote = PackedAttribute[Quote](Quote)
    shipping_address = ValueAttribute[Place](Place)
    billing_address = ValueAttribute[Place](Place, null=True)
    phone = UnicodeAttribute(null=True)
    limited_uses = ValueAttribute[Claims](Claims, null=True)

    @property
    def claims(self) -> Claims:
        """Return the uses of coupons that the purchase counts; nothing is stored where it counts none."""
        return self.limited_uses or Claims()

    upgrades = (with_quote_of_today,)
