"""What do checkers of access tokens read? Every user's standing, and the public halves of signing keys."""

from chalicelib.core.storage import keys
from chalicelib.core.storage.attributes import BooleanAttribute, IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item, find, partition


class Standing(Item, discriminator="standing"):
    """Roles and permissions of a user. ``number`` counts their changes; tokens carry it.

    ``session_epoch`` counts how often all sessions were ended at once: older ones count no more.
    """

    user_id = UnicodeAttribute()
    roles = ValueAttribute[list[str]](list[str])
    permissions = ValueAttribute[list[str]](list[str], default=list)
    vendor_id = UnicodeAttribute(null=True)
    number = IntegerAttribute(default=1)
    is_active = BooleanAttribute(default=True)
    session_epoch = IntegerAttribute(default=1)


class PublicKey(Item, discriminator="signing_key"):
    """The public half of a signing key, as a JWK (RFC 7517)."""

    key_id = UnicodeAttribute()
    jwk = UnicodeAttribute()


def current_standing(user_id: str) -> Standing | None:
    """Read a user's standing: 1 consistent GetItem."""
    return find(Standing, keys.standing(user_id))


def public_keys() -> list[PublicKey]:
    """Read every key that tokens may be signed with: 1 Query."""
    return [key for key in partition(keys.SIGNING_KEYS, consistent=True) if isinstance(key, PublicKey)]
