"""What is stored of notifications?"""

from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute
from chalicelib.core.storage.table import Item


class Delivery(Item, discriminator="delivery"):
    """One message on its way: leased by whoever is sending it, then sent for good, or refused. It names no address.

    ``status`` and ``error_code`` are what the sender of a text reports, which may be before we could note ``sent_at``.
    """

    begun_at = IntegerAttribute(null=True)
    lease_until = IntegerAttribute()
    sent_at = UnicodeAttribute(null=True)
    sent_as = UnicodeAttribute(null=True)
    status = UnicodeAttribute(null=True)
    error_code = UnicodeAttribute(null=True)

    @property
    def is_settled(self) -> bool:
        """Tell whether the sender has the message, or will never have it."""
        return self.sent_at is not None or self.status is not None
