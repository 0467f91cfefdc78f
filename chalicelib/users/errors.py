"""How can accounts and sessions refuse?"""

from chalicelib.core.errors import (
    Conflict,
    Forbidden,
    Malformed,
    NotFound,
    Refusal,
    TooManyAttempts,
    Unauthenticated,
)

__all__ = ["TooManyAttempts"]


class ContactTaken(Conflict):
    """Another account has this address or number by now."""

    code = "contact_taken"


class PasswordTooShort(Malformed):
    """Fewer than ``min_length`` characters."""

    code = "password_too_short"


class PasswordGuessable(Malformed):
    """Little is left without the words that everybody tries first."""

    code = "password_guessable"


class PhoneUnknown(Malformed):
    """Not a number that a message could be sent to."""

    code = "phone_unknown"


class WrongCredentials(Unauthenticated):
    """No such user, another password, an account not confirmed or disabled: never said which."""

    code = "wrong_credentials"


class SecondFactorRequired(Unauthenticated):
    """The password is right; ``mfa_token`` and a code of the second factor make the session."""

    code = "second_factor_required"


class SecondFactorWrong(Unauthenticated):
    """Not the present code, a code used before, or a recovery code that does not count."""

    code = "second_factor_wrong"


class MfaTokenInvalid(Unauthenticated):
    """Not one of ours, too old, or from before the password changed."""

    code = "mfa_token_invalid"


class SecondFactorNotBegun(Conflict):
    code = "second_factor_not_begun"


class SecondFactorOff(Conflict):
    code = "second_factor_off"


class RefreshTokenInvalid(Unauthenticated):
    """Unknown, expired, or of a session that has ended."""

    code = "refresh_token_invalid"


class RefreshTokenReused(Unauthenticated):
    """It was exchanged before, so somebody else may hold it; its session has ended."""

    code = "refresh_token_reused"


class SessionNotFound(NotFound):
    code = "session_not_found"


class ChallengeNotFound(NotFound):
    """Unknown, expired, answered before, or for something else."""

    code = "challenge_not_found"


class ChallengeOutdated(Conflict):
    """The address or number that it was to replace has changed meanwhile."""

    code = "challenge_outdated"


class CodeWrong(Malformed):
    """Another code was sent; ``attempts_left`` says how often one may still try."""

    code = "code_wrong"


class CodeSpent(Conflict):
    """Too many wrong answers; ask for a new one."""

    code = "code_spent"


class ResendTooSoon(Refusal):
    """A message was sent moments ago, or often enough; ``Retry-After`` says when to ask again."""

    status = 429
    code = "resend_too_soon"
    # As documented; each one says how long.
    headers = {"Retry-After": "30"}

    def __init__(self, *, after_seconds: int) -> None:
        super().__init__(after_seconds=after_seconds)
        self.headers = {"Retry-After": str(after_seconds)}


class UserNotFound(NotFound):
    code = "user_not_found"


class MemberElsewhere(Conflict):
    """The user sells for another vendor, named by ``vendor_id``."""

    code = "member_elsewhere"


class OwnRights(Forbidden):
    """Nobody changes their own rights, so that the shop never loses its last admin."""

    code = "own_rights"


class RightsBeyondOwn(Forbidden):
    """Staff hand out no right that they do not have."""

    code = "rights_beyond_own"
