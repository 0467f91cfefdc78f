"""What is stored of orders?"""

from chalicelib.addresses.rules import Place
from chalicelib.core.storage.attributes import PackedAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item, VersionedItem
from chalicelib.orders.rules import OrderStatus, Share
from chalicelib.pricing.rules import Quote


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


class OrderNumber(Item, discriminator="order_number"):
    """Guards that an order number is given once, and finds its order."""

    order_id = UnicodeAttribute()
    owner = UnicodeAttribute()
