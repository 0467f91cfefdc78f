"""How does a login begin, go on and end? One session, and refresh tokens that each count once."""

from dataclasses import dataclass

from chalicelib.core import audit, clock, ids, throttles
from chalicelib.core.observability import logger
from chalicelib.core.settings import Settings, settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.identity import Standing
from chalicelib.users import passwords, rules, store
from chalicelib.users.errors import RefreshTokenInvalid, RefreshTokenReused, SecondFactorRequired, WrongCredentials
from chalicelib.users.events import UserSessionsEnded
from chalicelib.users.models import Credential, RefreshToken, Session
from chalicelib.users.rules import Contact, Rotation
from chalicelib.users.service import access_tokens, mfa_tokens, refresh_tokens, second_factors

NOBODY = "nobody"
# RFC 8176: by password; by a one-time password too.
_BY_PASSWORD, _BY_BOTH = ["pwd"], ["pwd", "otp"]


@dataclass(frozen=True)
class Device:
    """What a session was opened from, as far as it says."""

    agent: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class Tokens:
    """What a client carries on with. ``expires_in`` is the access token's life in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int
    user_id: str


def sign_in(contact: Contact, password: str, device: Device) -> Tokens:
    """Begin a session. Raises ``WrongCredentials``, with equal work whatever is wrong.

    With a second factor the right password raises ``SecondFactorRequired``, which carries what goes on from there.
    """
    user_id = store.find_user_id(contact) or NOBODY
    credential, standing, factor = store.proofs_of(user_id)
    is_right = passwords.is_right(password, credential.password_hash if credential else None)
    if not is_right or credential is None or standing is None or not standing.is_active:
        audit.record("sign_in", subject=user_id, outcome="refused")
        raise WrongCredentials()
    if second_factors.is_enabled(factor):
        _renew_hash(credential, password)
        raise SecondFactorRequired(
            mfa_token=mfa_tokens.issue(standing), expires_in=settings.second_factor_seconds, methods=["otp", "recovery"]
        )
    with transactions.write():
        begun = _begin(standing, device, methods=_BY_PASSWORD)
        _renew_hash(credential, password)
    return _tokens(standing, *begun)


def sign_in_with_second_factor(mfa_token: str, proof: second_factors.Proof, device: Device) -> Tokens:
    """Begin the session that the password made possible. Raises ``MfaTokenInvalid``, ``SecondFactorWrong``
    or ``TooManyAttempts``.
    """
    user_id, epoch = mfa_tokens.opened(mfa_token)
    _, standing, factor = store.proofs_of(user_id)
    standing = mfa_tokens.demand_unchanged(standing, epoch)
    throttles.demand(Settings.second_factors_per_account, user_id)
    with second_factors.spent(factor, proof, user_id):
        begun = _begin(standing, device, methods=_BY_BOTH)
    return _tokens(standing, *begun)


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
    if session is None or standing is None or not goes_on(session, standing):
        raise RefreshTokenInvalid()
    successor = refresh_tokens.successor_of(token)
    now, grace_seconds = clock.epoch_seconds(), settings.refresh_grace_seconds
    match rules.rotation_of(stored.used_at, now=now, grace_seconds=grace_seconds):
        case Rotation.REUSED:
            _end_as_stolen(session)
            raise RefreshTokenReused()
        case Rotation.FIRST_USE:
            _rotate(stored, successor, session)
    return _tokens(standing, session, successor)


def goes_on(session: Session, standing: Standing) -> bool:
    """Tell whether a session has been ended neither by itself nor with all others."""
    return session.ended_at is None and standing.is_active and session.epoch == standing.session_epoch


def end(session: Session) -> None:
    """End a session: its refresh tokens count no more."""
    ended = Session.ended_at.set(clock.as_text(clock.now()))
    with transactions.write() as work:
        work.update(session, [ended], when=Session.pk.exists() & Session.ended_at.does_not_exist())
        audit.record("sign_out", subject=session.user_id)


def _begin(standing: Standing, device: Device, *, methods: list[str]) -> tuple[Session, str]:
    session, token = _new_session(standing, device, methods), refresh_tokens.new()
    with transactions.write() as work:
        work.create(session)
        work.create(_stored(token, session))
        audit.record("sign_in", subject=standing.user_id)
    return session, token


def _new_session(standing: Standing, device: Device, methods: list[str]) -> Session:
    session_id, now = ids.new("ses"), clock.now()
    return Session.at(
        keys.session(standing.user_id, session_id),
        user_id=standing.user_id,
        session_id=session_id,
        started_at=clock.as_text(now),
        epoch=standing.session_epoch,
        authenticated_at=int(now.timestamp()),
        methods=methods,
        device=device.agent,
        address=device.address,
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
    is_open = Session.pk.exists() & Session.ended_at.does_not_exist()
    now = clock.now()
    with transactions.write() as work:
        work.update(session, [Session.used_at.set(clock.as_text(now))], when=is_open, refusal=RefreshTokenInvalid())
        work.create(_stored(successor, session))
        work.update(stored, [RefreshToken.used_at.set(int(now.timestamp()))], when=is_unused)


def _end_as_stolen(session: Session) -> None:
    """End a session one of whose tokens came twice, and tell its owner."""
    logger.warning("refresh token reused", user_id=session.user_id, session_id=session.session_id)
    user = store.find_user(session.user_id)
    with transactions.write() as work:
        end(session)
        if user is not None:
            work.save(user, event=UserSessionsEnded(user_id=session.user_id, reason="reuse"))


def _tokens(standing: Standing, session: Session, refresh_token: str) -> Tokens:
    return Tokens(
        access_token=access_tokens.issue(
            standing, session.session_id, auth_time=session.authenticated_at, methods=session.methods
        ),
        refresh_token=refresh_token,
        expires_in=settings.access_token_seconds,
        user_id=standing.user_id,
    )
