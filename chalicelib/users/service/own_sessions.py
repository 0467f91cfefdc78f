"""How does a user see and end their sessions, and prove anew who they are?"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.core import audit, clock, throttles
from chalicelib.core.settings import Settings, settings
from chalicelib.core.storage import transactions
from chalicelib.users import passwords, store
from chalicelib.users.errors import SecondFactorRequired, SessionNotFound, UserNotFound, WrongCredentials
from chalicelib.users.events import UserSessionsEnded
from chalicelib.users.models import Session
from chalicelib.users.service import access_tokens, second_factors, standings
from chalicelib.users.service.sessions import NOBODY, end, goes_on


@dataclass(frozen=True)
class OpenSession:
    """A session that goes on. Times without a refresh are those of its beginning."""

    id: str
    started_at: datetime
    used_at: datetime
    device: str | None
    address: str | None
    has_second_factor: bool


def open_sessions(user_id: str) -> list[OpenSession]:
    """Return a user's sessions that go on, the newest first."""
    sessions, standing = store.sessions_with_standing(user_id)
    if standing is None:
        raise UserNotFound()
    return [_shown(each) for each in reversed(sessions) if goes_on(each, standing)]


def sign_out(user_id: str, session_id: str | None) -> None:
    """End a session, if it goes on."""
    session, _ = store.session_with_standing(user_id, session_id or NOBODY)
    if session is not None and session.ended_at is None:
        end(session)


def end_session(user_id: str, session_id: str) -> None:
    """End one session of a user's. Raises ``SessionNotFound``; what has ended stays so."""
    session, standing = store.session_with_standing(user_id, session_id)
    if session is None or standing is None:
        raise SessionNotFound()
    if goes_on(session, standing):
        end(session)


def sign_out_everywhere(user_id: str) -> None:
    """End every session of a user's, this one too: one write, however many there are."""
    user, standing = store.user_with_standing(user_id)
    if user is None or standing is None:
        raise UserNotFound()
    with transactions.write() as work:
        work.save(user, event=UserSessionsEnded(user_id=user_id, reason="wish"))
        standings.end_sessions(standing)
        audit.record("sign_out_everywhere", subject=user_id)


def authenticate_again(user_id: str, session_id: str, *, password: str, proof: second_factors.Proof) -> str:
    """Return an access token that opens what only those may do who proved lately who they are.

    Raises ``WrongCredentials``, ``SecondFactorRequired`` when the account has a second factor and no proof of it
    came along, ``SecondFactorWrong``, ``SessionNotFound`` or ``TooManyAttempts``.
    """
    throttles.demand(Settings.proofs_per_account, user_id)
    credential, standing, factor, session = store.proofs_within_session(user_id, session_id)
    is_right = passwords.is_right(password, credential.password_hash if credential else None)
    if not is_right or standing is None or not standing.is_active:
        audit.record("authentication", subject=user_id, outcome="refused")
        raise WrongCredentials()
    if session is None or not goes_on(session, standing):
        raise SessionNotFound()
    session.authenticated_at = clock.epoch_seconds()
    if not second_factors.is_enabled(factor):
        _remember(session)
    elif proof == second_factors.NO_PROOF:
        raise SecondFactorRequired()
    else:
        session.methods = sorted({*session.methods, "otp"})
        with second_factors.spent(factor, proof, user_id):
            _remember(session)
    return access_tokens.issue(standing, session_id, auth_time=session.authenticated_at, methods=session.methods)


def _remember(session: Session) -> None:
    proved = [
        Session.authenticated_at.set(session.authenticated_at),
        Session.methods.set(session.methods),
    ]
    with transactions.write() as work:
        work.update(session, proved, when=Session.pk.exists() & Session.ended_at.does_not_exist())
        audit.record("authentication", subject=session.user_id)


def access_token_seconds() -> int:
    """Return the life of an access token."""
    return settings.access_token_seconds


def _shown(session: Session) -> OpenSession:
    return OpenSession(
        id=session.session_id,
        started_at=clock.from_text(session.started_at),
        used_at=clock.from_text(session.used_at or session.started_at),
        device=session.device,
        address=session.address,
        has_second_factor="otp" in session.methods,
    )
