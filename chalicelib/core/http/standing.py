"""What may this user do right now? The item that access tokens are checked against on sensitive operations."""

from chalicelib.core.storage import keys
from chalicelib.core.storage.attributes import BooleanAttribute, IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item, find


class Standing(Item, discriminator="standing"):
    """Roles and permissions of a user. ``number`` counts their changes; tokens carry it."""

    user_id = UnicodeAttribute()
    roles = ValueAttribute[list[str]](list[str])
    permissions = ValueAttribute[list[str]](list[str], default=list)
    vendor_id = UnicodeAttribute(null=True)
    number = IntegerAttribute(default=1)
    is_active = BooleanAttribute(default=True)


def current_standing(user_id: str) -> Standing | None:
    """Read a user's standing: 1 consistent GetItem."""
    return find(Standing, keys.standing(user_id))
