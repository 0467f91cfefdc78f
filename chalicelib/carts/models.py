"""How is a cart stored? One item with all its lines under its owner, and where a customer's present one is."""

from chalicelib.carts.rules import CartLine, CartStatus, Preparation
from chalicelib.core.storage.attributes import PackedAttribute, UnicodeAttribute
from chalicelib.core.storage.table import Item, VersionedItem


class Cart(VersionedItem, discriminator="cart"):
    """``owner_id`` is a customer's id, or the cart's own id for a guest. A held cart names its checkout."""

    cart_id = UnicodeAttribute()
    owner_id = UnicodeAttribute()
    status = UnicodeAttribute(default=CartStatus.OPEN)
    lines = PackedAttribute[list[CartLine]](list[CartLine], default=list)
    checkout_id = UnicodeAttribute(null=True)
    merged_into = UnicodeAttribute(null=True)
    preparation = PackedAttribute[Preparation](Preparation, null=True)

    @property
    def prepared(self) -> Preparation:
        """Return what is known of the purchase besides its goods; nothing is stored of a cart that says nothing."""
        return self.preparation or Preparation()

    def prepare(self, preparation: Preparation) -> None:
        """Take over what is known of the purchase from now on."""
        self.preparation = None if preparation == Preparation() else preparation


class CurrentCart(Item, discriminator="current_cart"):
    """Which cart a customer is filling; replaced when that one became an order."""

    cart_id = UnicodeAttribute()
