"""Which operations are there for accounts and sessions?"""

from chalicelib.core.http import (
    Answer,
    Caller,
    IfMatch,
    Keyed,
    Request,
    Router,
    customer,
    per_account,
    per_address,
    public,
)
from chalicelib.core.settings import Settings
from chalicelib.users import rules
from chalicelib.users import service as users
from chalicelib.users.errors import (
    EmailTaken,
    PasswordGuessable,
    PasswordTooShort,
    RefreshTokenInvalid,
    RefreshTokenReused,
    UserNotFound,
    WrongCredentials,
)
from chalicelib.users.schemas import (
    JwksView,
    SessionDraft,
    SessionRefresh,
    SessionView,
    UserChange,
    UserDraft,
    UserView,
)

router = Router("users")


@router.post(
    "/users",
    access=public,
    keyed=Keyed.REFUSED,
    raises=(EmailTaken, PasswordTooShort, PasswordGuessable),
    throttles=(per_address(Settings.sign_ups_per_address),),
)
def create_user(body: UserDraft, request: Request) -> Answer[UserView]:
    """Sign up as a customer."""
    password = body.password.get_secret_value()
    account = users.sign_up(email=body.email, password=password, name=body.name, locale=request.locale)
    return _shown(account)


@router.get("/users/me", access=customer, raises=(UserNotFound,))
def read_me(caller: Caller) -> Answer[UserView]:
    """Read one's own account."""
    return _shown(users.account_of(caller.id))


@router.patch("/users/me", access=customer, if_match=IfMatch.HONOURED, raises=(UserNotFound,))
def change_me(body: UserChange, caller: Caller, request: Request) -> Answer[UserView]:
    """Change one's own name or language."""
    return _shown(users.change_account(caller.id, name=body.name, locale=body.locale, if_version=request.if_version))


@router.post(
    "/sessions",
    access=public,
    keyed=Keyed.REFUSED,
    raises=(WrongCredentials,),
    throttles=(
        per_address(Settings.sign_ins_per_address),
        per_account(Settings.sign_ins_per_account, lambda body: rules.normalised_email(body.email)),
    ),
)
def create_session(body: SessionDraft) -> SessionView:
    """Sign in.

    The answer is the same for an unknown address and for a wrong password.
    """
    return _session(users.sign_in(body.email, body.password.get_secret_value()))


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
    return _session(users.refresh(body.refresh_token.get_secret_value()))


@router.delete("/sessions/current", access=customer)
def end_current_session(caller: Caller) -> None:
    """Sign out: no refresh token of this session counts any more."""
    users.sign_out(caller.id, caller.session_id)


@router.get("/.well-known/jwks.json", access=public, is_cacheable=True)
def read_public_keys() -> JwksView:
    """Read the keys that access tokens are checked with (RFC 7517)."""
    return JwksView(keys=users.public_keys())


def _shown(account: users.Account) -> Answer[UserView]:
    view = UserView(
        id=account.id,
        email=account.email,
        name=account.name,
        locale=account.locale,
        roles=list(account.roles),
        created_at=account.created_at,
    )
    return Answer(view, version=account.version)


def _session(tokens: users.Tokens) -> SessionView:
    return SessionView(
        access_token=tokens.access_token,
        refresh_token=tokens.refresh_token,
        expires_in=tokens.expires_in,
        user_id=tokens.user_id,
    )
