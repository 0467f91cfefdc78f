"""What do accounts, sessions and keys look like on the wire?"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, SecretStr

from chalicelib.core.wire import UNCHANGED, Draft, Email, Locale, Name, View
from chalicelib.users.enums import Role

_RULE = "At least 15 characters unless the shop is set otherwise; any characters, kept exactly as given."


class UserDraft(Draft):
    """A new account."""

    email: Email
    password: Annotated[SecretStr, Field(min_length=1, max_length=128, description=_RULE)]
    name: Name


class UserChange(Draft):
    """What a user may change of their account; absent members stay as they are."""

    name: Name = UNCHANGED
    locale: Locale = UNCHANGED


class UserView(View):
    """An account as its owner sees it."""

    id: str
    email: str
    name: str
    locale: str
    roles: list[Role]
    created_at: datetime


class SessionDraft(Draft):
    """A sign-in."""

    email: Email
    password: Annotated[SecretStr, Field(min_length=1, max_length=1024)]


class SessionRefresh(Draft):
    """A refresh token to be exchanged."""

    refresh_token: Annotated[SecretStr, Field(min_length=1, max_length=256)]


class SessionView(View):
    """Tokens of a session. The refresh token counts once; the access token is sent as a bearer token."""

    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the kind of token
    expires_in: Annotated[int, Field(description="Seconds until the access token expires.")]
    user_id: str


class JwkView(View):
    """The public half of a signing key (RFC 7517)."""

    kty: Literal["EC"] = "EC"
    crv: Literal["P-256"] = "P-256"
    x: str
    y: str
    kid: str
    alg: Literal["ES256"] = "ES256"
    use: Literal["sig"] = "sig"


class JwksView(View):
    """All keys that access tokens may be signed with."""

    keys: list[JwkView]
