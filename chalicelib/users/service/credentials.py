"""How does a password change? By its owner, or by whoever answers at the account's contact; other sessions end."""

from chalicelib.core import audit
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.identity import Standing
from chalicelib.users import store
from chalicelib.users.enums import Purpose
from chalicelib.users.errors import SessionNotFound, UserNotFound
from chalicelib.users.events import UserPasswordChanged
from chalicelib.users.models import Challenge, Credential, Session
from chalicelib.users.rules import Contact
from chalicelib.users.service import challenges, standings
from chalicelib.users.service.accounts import new_hash


def change_password(user_id: str, session_id: str, password: str) -> None:
    """Set a new password and end every session but this one.

    Raises ``PasswordTooShort``, ``PasswordGuessable`` or ``SessionNotFound``.
    """
    with transactions.write() as work:
        standing = _set_password(user_id, password, by_reset=False)
        stays = Session.at(keys.session(user_id, session_id), user_id=user_id, session_id=session_id)
        is_open = Session.pk.exists() & Session.ended_at.does_not_exist()
        work.update(stays, [Session.epoch.set(standing.session_epoch)], when=is_open, refusal=SessionNotFound())


def ask_for_reset(contact: Contact, *, locale: str) -> Challenge:
    """Send a challenge whose answer sets a new password. Answer and work are the same for an unknown contact."""
    user_id = store.find_user_id(contact)
    purpose = Purpose.PASSWORD_RESET if user_id else Purpose.PASSWORD_RESET_UNKNOWN
    return challenges.issue(purpose, contact, locale=locale, user_id=user_id)


def reset_password(challenge_id: str, code: str, password: str) -> str:
    """Set a new password for whoever answered and end all their sessions; return the user's id.

    A second factor is asked for at the next sign-in as before. Raises ``ChallengeNotFound``, ``CodeSpent``,
    ``CodeWrong``, ``PasswordTooShort`` or ``PasswordGuessable``; after these two the code still counts.
    """
    challenge = challenges.answered(challenge_id, code, purpose=Purpose.PASSWORD_RESET)
    user_id = challenge.user_id or ""
    with transactions.write() as work:
        work.save(challenge)
        _set_password(user_id, password, by_reset=True)
    return user_id


def _set_password(user_id: str, password: str, *, by_reset: bool) -> Standing:
    user, credential, standing = store.user_with_credential(user_id)
    if user is None or credential is None or standing is None:
        raise UserNotFound()
    before = credential.password_hash
    credential.password_hash = new_hash(password, about=(user.email or "", user.phone or "", user.name))
    with transactions.write() as work:
        work.replace(credential, when=Credential.password_hash == before)
        work.save(user, event=UserPasswordChanged(user_id=user_id, by_reset=by_reset))
        standings.end_sessions(standing)
        audit.record("password.reset" if by_reset else "password.changed", subject=user_id)
    return standing
