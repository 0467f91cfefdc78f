"""What is stored of users? What others may do is in their standing (``core.storage.identity``)."""

from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute
from chalicelib.core.storage.table import Item, VersionedItem


class User(VersionedItem, discriminator="user"):
    """A person with an account. Announces ``user.registered``."""

    user_id = UnicodeAttribute()
    email = UnicodeAttribute()
    name = UnicodeAttribute()
    locale = UnicodeAttribute()
    created_at = UnicodeAttribute()


class EmailGuard(Item, discriminator="email_guard"):
    """Whose an address is: makes it unique and finds the user."""

    user_id = UnicodeAttribute()


class Credential(Item, discriminator="credential"):
    """What a password is checked against."""

    user_id = UnicodeAttribute()
    password_hash = UnicodeAttribute()


class Session(Item, discriminator="session"):
    """One login and all tokens that follow from it; ``expires_at`` is the end of its absolute life."""

    user_id = UnicodeAttribute()
    session_id = UnicodeAttribute()
    started_at = UnicodeAttribute()
    ended_at = UnicodeAttribute(null=True)


class RefreshToken(Item, discriminator="refresh_token"):
    """A token that was given out, under its SHA-256. ``used_at`` (epoch seconds) once it was exchanged."""

    user_id = UnicodeAttribute()
    session_id = UnicodeAttribute()
    used_at = IntegerAttribute(null=True)
