"""How do accounts come to be, and how do they change?"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.core import audit, clock, ids
from chalicelib.core.errors import demand_version
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.identity import Standing
from chalicelib.core.storage.table import Item
from chalicelib.users import common_passwords, passwords, rules, store
from chalicelib.users.enums import Channel, Purpose, Role
from chalicelib.users.errors import ContactTaken, UserNotFound
from chalicelib.users.events import UserRegistered
from chalicelib.users.models import Challenge, Credential, EmailGuard, PhoneGuard, User
from chalicelib.users.rules import Contact
from chalicelib.users.service import challenges


@dataclass(frozen=True)
class Account:
    """A user as others see them. ``number`` counts the changes of their rights."""

    id: str
    email: str | None
    phone: str | None
    name: str
    locale: str
    currency: str
    roles: tuple[Role, ...]
    permissions: tuple[str, ...]
    vendor_id: str | None
    is_active: bool
    created_at: datetime
    version: int
    number: int


@dataclass(frozen=True)
class Reader:
    """Whom messages go to, and how they want them."""

    name: str
    email: str | None
    phone: str | None
    locale: str
    currency: str


def sign_up(contact: Contact, *, password: str, name: str, locale: str) -> Challenge:
    """Send a challenge whose answer makes the account. A contact that has one is told so, and nobody else is.

    Answer and work are the same either way. Raises ``PasswordTooShort`` or ``PasswordGuessable``.
    """
    hashed = new_hash(password, about=(contact.value, name))
    is_known = store.find_user_id(contact) is not None
    purpose = Purpose.SIGN_UP_KNOWN if is_known else Purpose.SIGN_UP
    return challenges.issue(purpose, contact, locale=locale, name=name, password_hash=hashed)


def confirm_sign_up(challenge_id: str, code: str) -> str:
    """Make the account of a sign-up whose code came back; return the user's id.

    Raises ``ChallengeNotFound``, ``CodeSpent``, ``CodeWrong``, or ``ContactTaken`` when another sign-up was faster.
    """
    challenge = challenges.answered(challenge_id, code, purpose=Purpose.SIGN_UP)
    contact = Contact(Channel(challenge.channel), challenge.contact)
    name, hashed = challenge.name or "", challenge.password_hash or ""
    challenge.password_hash = None
    with transactions.write() as work:
        work.save(challenge)
        return _create(contact, password_hash=hashed, name=name, locale=challenge.locale)


def register(contact: Contact, *, password: str, name: str, locale: str) -> str:
    """Make an account at an operator's word, without a challenge; return the user's id. Raises ``ContactTaken``."""
    hashed = new_hash(password, about=(contact.value, name))
    return _create(contact, password_hash=hashed, name=name, locale=locale)


def account_of(user_id: str) -> Account:
    """Return a user's account. Raises ``UserNotFound``."""
    return account_from(*user_and_standing(user_id))


def user_with(contact: Contact) -> str:
    """Return whose a contact is. Raises ``UserNotFound``."""
    user_id = store.find_user_id(contact)
    if user_id is None:
        raise UserNotFound()
    return user_id


def find_user_id(contact: Contact) -> str | None:
    """Return whose a contact is."""
    return store.find_user_id(contact)


def reader_of(user_id: str) -> Reader | None:
    """Return whom messages about an account go to."""
    user = store.find_user(user_id)
    return None if user is None else reader_from(user)


def reader_from(user: User) -> Reader:
    """Return whom messages to a user go to."""
    return Reader(
        name=user.name,
        email=user.email,
        phone=user.phone,
        locale=user.locale,
        currency=user.currency or settings.shop_currency,
    )


def change_account(
    user_id: str,
    *,
    name: str | None = None,
    locale: str | None = None,
    currency: str | None = None,
    if_version: int | None = None,
) -> Account:
    """Change what is given. Raises ``PreconditionFailed`` when the account has another version than demanded."""
    user, standing = user_and_standing(user_id)
    demand_version(if_version, user.version)
    changed = (name or user.name, locale or user.locale, currency or user.currency)
    if changed != (user.name, user.locale, user.currency):
        user.name, user.locale, user.currency = changed
        with transactions.write() as work:
            work.save(user)
    return account_from(user, standing)


def new_hash(password: str, *, about: tuple[str, ...]) -> str:
    """Return what is kept of a password that will do. Raises ``PasswordTooShort`` or ``PasswordGuessable``."""
    rules.demand_strong(
        password, min_length=settings.password_min_length, about=about, common=common_passwords.listed()
    )
    return passwords.hashed(password)


def guard_of(contact: Contact, user_id: str) -> Item:
    """Return the row that makes a contact somebody's, and nobody else's."""
    if contact.channel is Channel.EMAIL:
        return EmailGuard.at(keys.email_guard(contact.value), user_id=user_id)
    return PhoneGuard.at(keys.phone_guard(contact.value), user_id=user_id)


def user_and_standing(user_id: str) -> tuple[User, Standing]:
    """Return a user and what they may do. Raises ``UserNotFound``."""
    user, standing = store.user_with_standing(user_id)
    if user is None or standing is None:
        raise UserNotFound()
    return user, standing


def account_from(user: User, standing: Standing) -> Account:
    """Return a user as others see them, from what is held: what is still to be written cannot be read yet."""
    return Account(
        id=user.user_id,
        email=user.email,
        phone=user.phone,
        name=user.name,
        locale=user.locale,
        currency=user.currency or settings.shop_currency,
        roles=tuple(map(Role, standing.roles)),
        permissions=tuple(standing.permissions),
        vendor_id=standing.vendor_id,
        is_active=standing.is_active,
        created_at=clock.from_text(user.created_at),
        version=user.version,
        number=standing.number,
    )


def _create(contact: Contact, *, password_hash: str, name: str, locale: str) -> str:
    user_id = ids.new("usr")
    user = User.at(
        keys.user(user_id),
        user_id=user_id,
        name=name,
        locale=locale,
        created_at=clock.as_text(clock.now()),
        **{contact.channel: contact.value},
    )
    with transactions.write() as work:
        work.create(guard_of(contact, user_id), refusal=ContactTaken())
        work.create(user, event=UserRegistered(user_id=user_id, locale=locale))
        work.create(Credential.at(keys.credential(user_id), user_id=user_id, password_hash=password_hash))
        work.create(Standing.at(keys.standing(user_id), user_id=user_id, roles=[Role.CUSTOMER]))
        audit.record("sign_up", subject=user_id)
    return user_id
