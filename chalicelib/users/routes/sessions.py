"""Which operations are there for sessions?"""

from chalicelib.core.http import Caller, Keyed, Request, customer, per_account, per_address, public
from chalicelib.core.settings import Settings
from chalicelib.users import service as users
from chalicelib.users import views
from chalicelib.users.errors import (
    MfaTokenInvalid,
    PhoneUnknown,
    RefreshTokenInvalid,
    RefreshTokenReused,
    SecondFactorRequired,
    SecondFactorWrong,
    SessionNotFound,
    TooManyAttempts,
    UserNotFound,
    WrongCredentials,
)
from chalicelib.users.routes.router import contact, device, plain, router
from chalicelib.users.schemas import (
    AccessView,
    Authentication,
    OpenSessionsView,
    SecondFactorSignIn,
    SessionDraft,
    SessionRefresh,
    SessionView,
)


@router.post(
    "/sessions",
    access=public,
    keyed=Keyed.REFUSED,
    raises=(WrongCredentials, SecondFactorRequired, PhoneUnknown),
    throttles=(
        per_address(Settings.sign_ins_per_address),
        per_account(Settings.sign_ins_per_account, lambda body: contact(body).value),
    ),
)
def create_session(body: SessionDraft, request: Request) -> SessionView:
    """Sign in.

    The answer is the same for an unknown address or number, a wrong password, and an account not yet confirmed. With
    a second factor the answer is `second_factor_required`, and its `mfa_token` goes to the next step.
    """
    return views.session(users.sign_in(contact(body), body.password.get_secret_value(), device(request)))


@router.post(
    "/sessions/second-factor",
    access=public,
    keyed=Keyed.REFUSED,
    raises=(MfaTokenInvalid, SecondFactorWrong, TooManyAttempts),
    throttles=(per_address(Settings.sign_ins_per_address),),
)
def create_session_with_second_factor(body: SecondFactorSignIn, request: Request) -> SessionView:
    """Finish signing in with a code of the authenticator app, or with a recovery code."""
    proof = users.Proof(plain(body.code), plain(body.recovery_code))
    return views.session(users.sign_in_with_second_factor(body.mfa_token.get_secret_value(), proof, device(request)))


@router.post(
    "/sessions/refresh",
    access=public,
    status=200,
    keyed=Keyed.REFUSED,
    raises=(RefreshTokenInvalid, RefreshTokenReused),
    throttles=(per_address(Settings.refreshes_per_address),),
)
def refresh_session(body: SessionRefresh) -> SessionView:
    """Exchange a refresh token for the next one and a new access token.

    Each refresh token counts once. Sent again within seconds it gives the same answer's successor;
    sent again later it ends the session.
    """
    return views.session(users.refresh(body.refresh_token.get_secret_value()))


@router.get("/sessions", access=customer, raises=(UserNotFound,))
def list_my_sessions(caller: Caller) -> OpenSessionsView:
    """List one's sessions that go on."""
    return views.sessions(users.open_sessions(caller.id), caller.session_id)


@router.delete("/sessions", access=customer, raises=(UserNotFound,))
def end_all_sessions(caller: Caller) -> None:
    """Sign out everywhere: no refresh token given out so far counts any more."""
    users.sign_out_everywhere(caller.id)


@router.delete("/sessions/current", access=customer)
def end_current_session(caller: Caller) -> None:
    """Sign out: no refresh token of this session counts any more."""
    users.sign_out(caller.id, caller.session_id)


@router.delete("/sessions/{session_id}", access=customer, raises=(SessionNotFound,))
def end_session(session_id: str, caller: Caller) -> None:
    """End one of one's sessions."""
    users.end_session(caller.id, session_id)


@router.post(
    "/sessions/current/authentication",
    access=customer,
    keyed=Keyed.REFUSED,
    raises=(WrongCredentials, SecondFactorRequired, SecondFactorWrong, SessionNotFound, TooManyAttempts),
)
def authenticate_again(body: Authentication, caller: Caller) -> AccessView:
    """Prove once more who one is, for what `reauthentication_required` stands before."""
    password, proof = body.password.get_secret_value(), users.Proof(plain(body.code))
    token = users.authenticate_again(caller.id, caller.session_id or "", password=password, proof=proof)
    return views.access(token)
