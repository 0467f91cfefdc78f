"""What do accounts announce? Who it concerns and what happened; names and addresses are asked from the account."""

from dataclasses import dataclass

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class UserRegistered(Event):
    """Somebody's account came to be."""

    TYPE = "user.registered"

    user_id: str
    locale: str


@dataclass(frozen=True)
class ChallengeIssuedByMail(Event):
    """A link is to be mailed; ``delivery`` counts how often it was."""

    TYPE = "challenge.issued_by_mail"

    challenge_id: str
    delivery: int


@dataclass(frozen=True)
class ChallengeIssuedByText(Event):
    """A code is to be texted; ``delivery`` counts how often it was."""

    TYPE = "challenge.issued_by_text"

    challenge_id: str
    delivery: int


@dataclass(frozen=True)
class UserEmailChanged(Event):
    """An account has another mail address; the challenge that was answered knows the one before."""

    TYPE = "user.email_changed"

    user_id: str
    challenge_id: str


@dataclass(frozen=True)
class UserPhoneChanged(Event):
    """An account has another telephone number."""

    TYPE = "user.phone_changed"

    user_id: str


@dataclass(frozen=True)
class UserPasswordChanged(Event):
    """A password was changed, by its owner or after a reset, and other sessions have ended."""

    TYPE = "user.password_changed"

    user_id: str
    by_reset: bool


@dataclass(frozen=True)
class UserSecondFactorEnabled(Event):
    """Signing in takes a second factor from now on."""

    TYPE = "user.second_factor_enabled"

    user_id: str


@dataclass(frozen=True)
class UserSecondFactorDisabled(Event):
    """Signing in takes no second factor any more."""

    TYPE = "user.second_factor_disabled"

    user_id: str


@dataclass(frozen=True)
class UserRecoveryCodesRenewed(Event):
    """New recovery codes were handed out; those before count no more."""

    TYPE = "user.recovery_codes_renewed"

    user_id: str


@dataclass(frozen=True)
class UserRecoveryCodeUsed(Event):
    """Somebody signed in with a recovery code; ``left`` remain."""

    TYPE = "user.recovery_code_used"

    user_id: str
    left: int


@dataclass(frozen=True)
class UserRightsChanged(Event):
    """Roles or permissions were given or taken."""

    TYPE = "user.rights_changed"

    user_id: str


@dataclass(frozen=True)
class UserSessionsEnded(Event):
    """Sessions were ended: all at the owner's ``wish``, or one because of a token's ``reuse``."""

    TYPE = "user.sessions_ended"

    user_id: str
    reason: str


@dataclass(frozen=True)
class UserDeactivated(Event):
    """Nobody can sign in to the account any more."""

    TYPE = "user.deactivated"

    user_id: str
    by_staff: bool


@dataclass(frozen=True)
class UserReactivated(Event):
    """Staff opened the account again."""

    TYPE = "user.reactivated"

    user_id: str
