"""How is a cart stored? One item with all its lines under its owner, and where a customer's present one is."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.carts.enums import CartStatus
from chalicelib.carts.rules import CartLine
from chalicelib.core.storage.attributes import ValueAttribute
from chalicelib.core.storage.table import Item, VersionedItem


class Cart(VersionedItem, discriminator="cart"):
    """``owner_id`` is a customer's id, or the cart's own id for a guest. A held cart names its checkout."""

    id = UnicodeAttribute(attr_name="cart_id")
    owner_id = UnicodeAttribute()
    status = ValueAttribute[CartStatus](CartStatus, default=CartStatus.OPEN)
    lines = ValueAttribute[list[CartLine]](list[CartLine], default=list)
    checkout_id = UnicodeAttribute(null=True)
    merged_into = UnicodeAttribute(null=True)

    @property
    def is_open(self) -> bool:
        """Tell whether its shopper may change it."""
        return self.status is CartStatus.OPEN


class CurrentCart(Item, discriminator="current_cart"):
    """Which cart a customer is filling; replaced when that one became an order."""

    cart_id = UnicodeAttribute()
