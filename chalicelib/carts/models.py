"""How is a cart stored? One item with all its lines under its owner, and where a customer's present one is.

What is noted of reminders lies apart from it, and names no mail address.
"""

from chalicelib.carts.rules import CartLine, CartStatus, Preparation, ReminderStatus
from chalicelib.core.money import Money
from chalicelib.core.storage.attributes import (
    BooleanAttribute,
    IntegerAttribute,
    PackedAttribute,
    UnicodeAttribute,
    ValueAttribute,
)
from chalicelib.core.storage.table import Item, VersionedItem


class Cart(VersionedItem, discriminator="cart"):
    """``owner_id`` is a customer's id, or the cart's own id for a guest. A held cart names its checkout.

    A cart is watched once it has a ``Reminder``. ``recovers`` is the cart whose reminder has led to this one, or may
    have, as it went into this one, and ``bought_as`` the mail address under which a checkout took it.
    """

    cart_id = UnicodeAttribute()
    owner_id = UnicodeAttribute()
    status = UnicodeAttribute(default=CartStatus.OPEN)
    lines = PackedAttribute[list[CartLine]](list[CartLine], default=list)
    checkout_id = UnicodeAttribute(null=True)
    merged_into = UnicodeAttribute(null=True)
    preparation = PackedAttribute[Preparation](Preparation, null=True)
    touched_at = UnicodeAttribute(null=True)
    is_watched = BooleanAttribute(default=False)
    recovers = UnicodeAttribute(null=True)
    bought_as = UnicodeAttribute(null=True)

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


class Reminder(VersionedItem, discriminator="reminder"):
    """Who looks after a cart that may be left; in an index for as long as it waits."""

    cart_id = UnicodeAttribute()
    owner_id = UnicodeAttribute()
    status = UnicodeAttribute(default=ReminderStatus.WAITING)
    sent = IntegerAttribute(default=0)
    sent_at = UnicodeAttribute(null=True)
    ended_as = UnicodeAttribute(null=True)
    copy_id = UnicodeAttribute(null=True)
    order_id = UnicodeAttribute(null=True)
    revenue = ValueAttribute[Money](Money, null=True)
    recovered_at = UnicodeAttribute(null=True)


class SentReminder(VersionedItem, discriminator="sent_reminder"):
    """One reminder that was decided on. Announces ``cart.abandoned``."""

    cart_id = UnicodeAttribute()
    number = IntegerAttribute()
    sent_at = UnicodeAttribute()


class ReminderOptOut(Item, discriminator="reminder_opt_out"):
    """Somebody does not want to be reminded, of this cart or any other; kept for ever."""

    opted_out_at = UnicodeAttribute()


class LastPurchase(Item, discriminator="last_purchase"):
    """When somebody last bought something out of a cart with their mail address."""

    bought_at = UnicodeAttribute()


class LastReminder(Item, discriminator="last_reminder"):
    """Of which cart somebody was reminded last; until ``others_after`` they are reminded of no other."""

    cart_id = UnicodeAttribute()
    reminded_at = UnicodeAttribute()
    others_after = UnicodeAttribute()


class RecoveryCount(Item, discriminator="recovery_count"):
    """What reminders did in one month and one currency."""

    month = UnicodeAttribute()
    currency = UnicodeAttribute()
    sent = IntegerAttribute(default=0)
    recovered = IntegerAttribute(default=0)
    revenue_minor = IntegerAttribute(default=0)
