"""What do accounts, sessions and keys look like on the wire?"""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, SecretStr, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.core.money import CURRENCIES
from chalicelib.core.wire import UNCHANGED, Draft, Email, Locale, Name, Phone, Trimmed, View
from chalicelib.users.enums import Channel, Permission, Role

_RULE = "At least 15 characters unless the shop is set otherwise; any characters, kept exactly as given."
NewPassword = Annotated[SecretStr, Field(min_length=1, max_length=128, description=_RULE)]
Password = Annotated[SecretStr, Field(min_length=1, max_length=1024)]
Currency = Annotated[str, StringConstraints(pattern=f"^({'|'.join(CURRENCIES)})$")]
Code = Annotated[SecretStr, Field(min_length=1, max_length=64, description="What the message says.")]
AppCode = Annotated[SecretStr, Field(min_length=1, max_length=16, description="Six digits of the authenticator app.")]


def one_of(*members: str) -> ConfigDict:
    """Describe that exactly one of these members is given, and not null."""
    choices: Any = [{"required": [member], "properties": {member: {"type": "string"}}} for member in members]
    return ConfigDict(json_schema_extra={"oneOf": choices})


class ContactDraft(Draft):
    """What an account is known by: a mail address or a telephone number."""

    model_config = one_of("email", "phone")

    email: Email | None = None
    phone: Phone | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.email is None) == (self.phone is None):
            raise PydanticCustomError("email_or_phone", "Give either email or phone.")
        return self


class UserDraft(ContactDraft):
    """A new account."""

    password: NewPassword
    name: Name


class ChallengeView(View):
    """A message is on its way to a contact. What it says makes the change, together with ``id``."""

    id: str
    channel: Channel
    expires_in: Annotated[int, Field(description="Seconds until what it says counts no more.")]


class ChallengeAnswer(Draft):
    """What a message said."""

    challenge_id: Annotated[str, Field(min_length=1, max_length=64, description="`id` of the challenge.")]
    code: Code


class PasswordReset(ChallengeAnswer):
    """What a message said, and the new password."""

    password: NewPassword


class PasswordChange(Draft):
    """A new password."""

    password: NewPassword


class UserChange(Draft):
    """What a user may change of their account; absent members stay as they are."""

    name: Name = UNCHANGED
    locale: Locale = UNCHANGED
    currency: Currency = UNCHANGED


class EmailDraft(Draft):
    """A mail address that is to be the account's."""

    email: Email


class PhoneDraft(Draft):
    """A telephone number that is to be the account's."""

    phone: Phone


class UserView(View):
    """An account as its owner sees it."""

    id: str
    email: str | None
    phone: str | None
    name: str
    locale: str
    currency: str
    roles: list[Role]
    created_at: datetime


class UserRecord(UserView):
    """An account as staff see it."""

    permissions: list[str]
    vendor_id: str | None
    is_active: bool


class RightsChange(Draft):
    """What somebody may do from now on. A vendor's role comes and goes with membership."""

    roles: Annotated[list[Literal["admin", "staff"]], Field(max_length=2)] = []
    permissions: Annotated[list[Permission], Field(max_length=50)] = []


class Reason(Draft):
    """Why staff do this."""

    reason: Annotated[str, Trimmed(max_length=500)] = ""


class SessionDraft(ContactDraft):
    """A sign-in."""

    password: Password


class _Proof(Draft):
    model_config = one_of("code", "recovery_code")

    code: AppCode | None = None
    recovery_code: Annotated[SecretStr | None, Field(min_length=1, max_length=64)] = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.code is None) == (self.recovery_code is None):
            raise PydanticCustomError("code_or_recovery_code", "Give either code or recovery_code.")
        return self


class SecondFactorSignIn(_Proof):
    """The second step of a sign-in."""

    mfa_token: Annotated[SecretStr, Field(min_length=1, max_length=256, description="Of the first step's answer.")]


class Authentication(Draft):
    """Who it is, once more; with a second factor, a code of the app too."""

    password: Password
    code: AppCode | None = None


class AppCodeDraft(Draft):
    """A code of the new authenticator app."""

    code: AppCode


class SessionRefresh(Draft):
    """A refresh token to be exchanged."""

    refresh_token: Annotated[SecretStr, Field(min_length=1, max_length=256)]


class AccessView(View):
    """An access token, sent as a bearer token."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the kind of token
    expires_in: Annotated[int, Field(description="Seconds until the access token expires.")]


class SessionView(AccessView):
    """Tokens of a session. The refresh token counts once."""

    refresh_token: str
    user_id: str


class OpenSessionView(View):
    """A session that goes on. ``device`` and ``address`` are what it was opened with."""

    id: str
    is_current: bool
    started_at: datetime
    used_at: datetime
    device: str | None
    address: str | None
    has_second_factor: bool


class OpenSessionsView(View):
    """All sessions that go on, the newest first."""

    items: list[OpenSessionView]
    next_cursor: None = None


class SecondFactorView(View):
    """Whether signing in takes a second factor."""

    is_enabled: bool
    recovery_codes_left: int


class EnrolmentView(View):
    """What an authenticator app needs; it counts once a code of it was confirmed."""

    secret: str
    otpauth_uri: str
    qr_image: Annotated[str, Field(description="`data:` URI of an SVG that shows `otpauth_uri`.")]


class RecoveryCodesView(View):
    """Codes for who lost the app. Each counts once; they are never shown again."""

    recovery_codes: list[str]


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
