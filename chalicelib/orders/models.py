"""What is stored of orders?"""

from chalicelib.addresses.rules import Place
from chalicelib.core.storage.attributes import PackedAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.shapes import Row, reshaped
from chalicelib.core.storage.table import Item, VersionedItem
from chalicelib.orders.rules import OrderStatus, Share, share_with_discounts
from chalicelib.pricing.rules import Quote, with_discounts


def with_quote_of_today(row: Row) -> Row:
    """Give an order's quote what promotions and several rates of tax added to quotes."""
    return reshaped(row, "quote", with_discounts)


def with_share_of_today(row: Row) -> Row:
    """Give a vendor's share what promotions and several rates of tax added to quotes."""
    return reshaped(row, "share", share_with_discounts)


class Order(VersionedItem, discriminator="order"):
    """A paid purchase under its owner. Announces ``order.placed``."""

    order_id = UnicodeAttribute()
    number = UnicodeAttribute()
    owner = UnicodeAttribute()
    checkout_id = UnicodeAttribute()
    payment_id = UnicodeAttribute()
    email = UnicodeAttribute()
    locale = UnicodeAttribute()
    status = UnicodeAttribute(default=OrderStatus.PLACED)
    placed_at = UnicodeAttribute()
    quote = PackedAttribute[Quote](Quote)
    shipping_address = ValueAttribute[Place](Place)
    phone = UnicodeAttribute(null=True)
    billing_address = ValueAttribute[Place](Place, null=True)
    upgrades = (with_quote_of_today,)


class SubOrder(VersionedItem, discriminator="sub_order"):
    """The part of an order that one vendor delivers, under that vendor."""

    order_id = UnicodeAttribute()
    number = UnicodeAttribute()
    owner = UnicodeAttribute()
    vendor_id = UnicodeAttribute()
    status = UnicodeAttribute(default=OrderStatus.PLACED)
    placed_at = UnicodeAttribute()
    share = PackedAttribute[Share](Share)
    shipping_address = ValueAttribute[Place](Place)
    upgrades = (with_share_of_today,)


class OrderNumber(Item, discriminator="order_number"):
    """Guards that an order number is given once, and finds its order."""

    order_id = UnicodeAttribute()
    owner = UnicodeAttribute()
