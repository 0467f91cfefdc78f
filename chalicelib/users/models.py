"""What is stored of users? What others may do is in their standing (``core.storage.identity``)."""

from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import Item, VersionedItem


class User(VersionedItem, discriminator="user"):
    """A person with an account, known by ``email``, ``phone`` or both. Announces ``user.*``."""

    user_id = UnicodeAttribute()
    email = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    name = UnicodeAttribute()
    locale = UnicodeAttribute()
    currency = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()


class EmailGuard(Item, discriminator="email_guard"):
    """Whose an address is: makes it unique and finds the user."""

    user_id = UnicodeAttribute()


class PhoneGuard(Item, discriminator="phone_guard"):
    """Whose a number is: makes it unique and finds the user."""

    user_id = UnicodeAttribute()


class Credential(Item, discriminator="credential"):
    """What a password is checked against."""

    user_id = UnicodeAttribute()
    password_hash = UnicodeAttribute()


class SecondFactor(VersionedItem, discriminator="second_factor"):
    """An authenticator app, and one that is still being set up. Their secrets are derived from the ids.

    ``last_step`` is the newest time step (RFC 6238) whose code was accepted; ``recovery`` holds SHA-256s.
    """

    user_id = UnicodeAttribute()
    factor_id = UnicodeAttribute(null=True)
    pending_id = UnicodeAttribute(null=True)
    enabled_at = UnicodeAttribute(null=True)
    last_step = IntegerAttribute(default=0)
    recovery = ValueAttribute[list[str]](list[str], default=list)


class PermissionHolder(Item, discriminator="permission_holder"):
    """Finds who holds a permission; whether they still do their standing tells."""

    permission = UnicodeAttribute()
    user_id = UnicodeAttribute()


class Challenge(VersionedItem, discriminator="challenge"):
    """A code or link on its way to a contact. It can be derived from this, given the secret, and is not in it.

    Announces ``challenge.issued_by_mail`` and ``challenge.issued_by_text``. A sign-up's challenge holds what
    becomes the account; a new contact's, what it ``replaces``.
    """

    challenge_id = UnicodeAttribute()
    purpose = UnicodeAttribute()
    channel = UnicodeAttribute()
    contact = UnicodeAttribute()
    locale = UnicodeAttribute()
    user_id = UnicodeAttribute(null=True)
    name = UnicodeAttribute(null=True)
    password_hash = UnicodeAttribute(null=True)
    replaces = UnicodeAttribute(null=True)
    attempts_left = IntegerAttribute()
    deliveries = IntegerAttribute(default=1)
    sent_again_from = IntegerAttribute()
    answered_at = UnicodeAttribute(null=True)


class Session(Item, discriminator="session"):
    """One login and all tokens that follow from it; ``expires_at`` is the end of its absolute life.

    ``methods`` are RFC 8176's names of how it was opened; ``authenticated_at`` (epoch seconds) is when its owner
    last proved who they are.
    """

    user_id = UnicodeAttribute()
    session_id = UnicodeAttribute()
    started_at = UnicodeAttribute()
    ended_at = UnicodeAttribute(null=True)
    epoch = IntegerAttribute(default=1)
    authenticated_at = IntegerAttribute(default=0)
    used_at = UnicodeAttribute(null=True)
    methods = ValueAttribute[list[str]](list[str], default=list)
    device = UnicodeAttribute(null=True)
    address = UnicodeAttribute(null=True)


class RefreshToken(Item, discriminator="refresh_token"):
    """A token that was given out, under its SHA-256. ``used_at`` (epoch seconds) once it was exchanged."""

    user_id = UnicodeAttribute()
    session_id = UnicodeAttribute()
    used_at = IntegerAttribute(null=True)
