"""How can accounts and sessions refuse?"""

from chalicelib.core.errors import Conflict, Malformed, NotFound, Unauthenticated


class EmailTaken(Conflict):
    """Somebody has signed up with this address."""

    code = "email_taken"


class PasswordTooShort(Malformed):
    """Fewer than ``min_length`` characters."""

    code = "password_too_short"


class PasswordGuessable(Malformed):
    """Little is left without the words that everybody tries first."""

    code = "password_guessable"


class WrongCredentials(Unauthenticated):
    """No such user, another password or a disabled account: never said which."""

    code = "wrong_credentials"


class RefreshTokenInvalid(Unauthenticated):
    """Unknown, expired, or of a session that has ended."""

    code = "refresh_token_invalid"


class RefreshTokenReused(Unauthenticated):
    """It was exchanged before, so somebody else may hold it; its session has ended."""

    code = "refresh_token_reused"


class UserNotFound(NotFound):
    code = "user_not_found"


class MemberElsewhere(Conflict):
    """The user sells for another vendor, named by ``vendor_id``."""

    code = "member_elsewhere"
