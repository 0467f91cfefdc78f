"""How does a login begin, go on and end? One session, and refresh tokens that each count once."""

from dataclasses import dataclass

from chalicelib.core import clock, ids
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.identity import Standing
from chalicelib.users import passwords, rules, store
from chalicelib.users.errors import RefreshTokenInvalid, RefreshTokenReused, WrongCredentials
from chalicelib.users.models import Credential, RefreshToken, Session
from chalicelib.users.rules import Rotation
from chalicelib.users.service import access_tokens, refresh_tokens

_NOBODY = "nobody"


@dataclass(frozen=True)
class Tokens:
    """What a client carries on with. ``expires_in`` is the access token's life in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int
    user_id: str


def sign_in(email: str, password: str) -> Tokens:
    """Begin a session. Raises ``WrongCredentials``, with equal work whatever is wrong."""
    user_id = store.find_user_id(rules.normalised_email(email)) or _NOBODY
    credential, standing = store.credential_with_standing(user_id)
    is_right = passwords.is_right(password, credential.password_hash if credential else None)
    if not is_right or credential is None or standing is None or not standing.is_active:
        raise WrongCredentials()
    session, token = _new_session(user_id), refresh_tokens.new()
    with transactions.write() as work:
        work.create(session)
        work.create(_stored(token, session))
        _renew_hash(credential, password)
    return _tokens(standing, session, token)


def refresh(token: str) -> Tokens:
    """Exchange a refresh token for the next one and a new access token.

    Repeated within the grace it gives the same successor; later, it ends the session for whoever
    holds its tokens: ``RefreshTokenReused``. Anything else that does not count is ``RefreshTokenInvalid``.
    Must not run inside another ``write()``, which the refusal would undo.
    """
    stored = store.find_refresh_token(refresh_tokens.digest_of(token))
    if stored is None:
        raise RefreshTokenInvalid()
    session, standing = store.session_with_standing(stored.user_id, stored.session_id)
    if session is None or session.ended_at is not None or standing is None or not standing.is_active:
        raise RefreshTokenInvalid()
    successor = refresh_tokens.successor_of(token)
    now, grace_seconds = clock.epoch_seconds(), settings.refresh_grace_seconds
    match rules.rotation_of(stored.used_at, now=now, grace_seconds=grace_seconds):
        case Rotation.REUSED:
            _end(session)
            logger.warning("refresh token reused", user_id=session.user_id, session_id=session.session_id)
            raise RefreshTokenReused()
        case Rotation.FIRST_USE:
            _rotate(stored, successor, session)
    return _tokens(standing, session, successor)


def sign_out(user_id: str, session_id: str | None) -> None:
    """End a session: its refresh tokens count no more. What has ended stays so."""
    session = store.find_session(user_id, session_id or _NOBODY)
    if session is not None and session.ended_at is None:
        _end(session)


def _new_session(user_id: str) -> Session:
    session_id, now = ids.new("ses"), clock.now()
    return Session.at(
        keys.session(user_id, session_id),
        user_id=user_id,
        session_id=session_id,
        started_at=clock.as_text(now),
        expires_at=int(now.timestamp()) + settings.session_seconds,
    )


def _stored(token: str, session: Session) -> RefreshToken:
    idle_until = clock.epoch_seconds() + settings.refresh_token_seconds
    return RefreshToken.at(
        keys.refresh_token(refresh_tokens.digest_of(token)),
        user_id=session.user_id,
        session_id=session.session_id,
        expires_at=min(idle_until, session.expires_at or idle_until),
    )


def _renew_hash(credential: Credential, password: str) -> None:
    """Hash anew what was hashed with other figures, now that the password is at hand."""
    if not passwords.is_outdated(credential.password_hash):
        return
    renewed = Credential.password_hash.set(passwords.hashed(password))
    with transactions.write() as work:
        work.update(credential, [renewed], when=Credential.password_hash == credential.password_hash)


def _rotate(stored: RefreshToken, successor: str, session: Session) -> None:
    is_unused = RefreshToken.pk.exists() & RefreshToken.used_at.does_not_exist()
    goes_on = Session.pk.exists() & Session.ended_at.does_not_exist()
    with transactions.write() as work:
        work.check(session, when=goes_on, refusal=RefreshTokenInvalid())
        work.create(_stored(successor, session))
        work.update(stored, [RefreshToken.used_at.set(clock.epoch_seconds())], when=is_unused)


def _end(session: Session) -> None:
    ended = Session.ended_at.set(clock.as_text(clock.now()))
    with transactions.write() as work:
        work.update(session, [ended], when=Session.pk.exists() & Session.ended_at.does_not_exist())


def _tokens(standing: Standing, session: Session, refresh_token: str) -> Tokens:
    return Tokens(
        access_token=access_tokens.issue(standing, session.session_id),
        refresh_token=refresh_token,
        expires_in=settings.access_token_seconds,
        user_id=standing.user_id,
    )
