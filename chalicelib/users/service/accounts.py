"""How do accounts come to be, and how do they change?"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.core import clock, ids
from chalicelib.core.errors import PreconditionFailed
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.identity import Standing
from chalicelib.users import passwords, rules, store
from chalicelib.users.enums import Role
from chalicelib.users.errors import EmailTaken, UserNotFound
from chalicelib.users.events import UserRegistered
from chalicelib.users.models import Credential, EmailGuard, User


@dataclass(frozen=True)
class Account:
    """A user as others see them."""

    id: str
    email: str
    name: str
    locale: str
    roles: tuple[Role, ...]
    created_at: datetime
    version: int


def sign_up(*, email: str, password: str, name: str, locale: str) -> Account:
    """Make a customer's account; its address is nobody else's, in whatever case it is written.

    Raises ``EmailTaken``, ``PasswordTooShort`` or ``PasswordGuessable``.
    """
    rules.demand_strong(password, min_length=settings.password_min_length, about=(email, name))
    email, user_id = rules.normalised_email(email), ids.new("usr")
    user = User.at(
        keys.user(user_id),
        user_id=user_id,
        email=email,
        name=name,
        locale=locale,
        created_at=clock.as_text(clock.now()),
    )
    standing = Standing.at(keys.standing(user_id), user_id=user_id, roles=[Role.CUSTOMER])
    credential = Credential.at(keys.credential(user_id), user_id=user_id, password_hash=passwords.hashed(password))
    with transactions.write() as work:
        work.create(EmailGuard.at(keys.email_guard(email), user_id=user_id), refusal=EmailTaken())
        work.create(user, event=UserRegistered(user_id=user_id, locale=locale))
        work.create(credential)
        work.create(standing)
    return _account(user, standing)


def account_of(user_id: str) -> Account:
    """Return a user's account. Raises ``UserNotFound``."""
    return _account(*_found(user_id))


def find_user_id(email: str) -> str | None:
    """Return whose an address is, in whatever case it is written."""
    return store.find_user_id(rules.normalised_email(email))


def change_account(
    user_id: str, *, name: str | None = None, locale: str | None = None, if_version: int | None = None
) -> Account:
    """Change what is given. Raises ``PreconditionFailed`` when the account has another version than demanded."""
    user, standing = _found(user_id)
    if if_version not in (None, user.version):
        raise PreconditionFailed()
    changed = (name or user.name, locale or user.locale)
    if changed != (user.name, user.locale):
        user.name, user.locale = changed
        with transactions.write() as work:
            work.save(user)
    return _account(user, standing)


def _found(user_id: str) -> tuple[User, Standing]:
    user, standing = store.user_with_standing(user_id)
    if user is None or standing is None:
        raise UserNotFound()
    return user, standing


def _account(user: User, standing: Standing) -> Account:
    return Account(
        id=user.user_id,
        email=user.email,
        name=user.name,
        locale=user.locale,
        roles=tuple(map(Role, standing.roles)),
        created_at=clock.from_text(user.created_at),
        version=user.version,
    )
