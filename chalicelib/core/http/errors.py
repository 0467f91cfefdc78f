"""How can HTTP itself refuse? What any operation may answer before its domain is asked."""

from chalicelib.core.errors import Conflict, Forbidden, Malformed, NotFound, Refusal, Unauthenticated


class BodyTooLarge(Refusal):
    status = 413
    code = "body_too_large"


class UnknownPath(NotFound):
    code = "unknown_path"


class MethodNotAllowed(Refusal):
    status = 405
    code = "method_not_allowed"


class UnsupportedMediaType(Refusal):
    """``accepted`` is the type that the operation takes."""

    status = 415
    code = "unsupported_media_type"


class ReauthenticationRequired(Unauthenticated):
    """The caller has signed in, but too long ago for this (RFC 9470)."""

    code = "reauthentication_required"
    headers = {"WWW-Authenticate": 'Bearer error="insufficient_user_authentication"'}


class SecondFactorNeeded(Forbidden):
    """The shop wants a second factor of this role, and the caller signed in without one."""

    code = "second_factor_needed"


class IdempotencyKeyRequired(Refusal):
    status = 400
    code = "idempotency_key_required"


class IdempotencyKeyInvalid(Refusal):
    status = 400
    code = "idempotency_key_invalid"


class IdempotencyKeyNotAccepted(Refusal):
    """The operation issues credentials, which are never stored for a replay."""

    status = 400
    code = "idempotency_key_not_accepted"


class IdempotencyKeyReused(Malformed):
    code = "idempotency_key_reused"


class RequestInProgress(Conflict):
    code = "request_in_progress"
    headers = {"Retry-After": "1"}


class ReplyNotKept(Conflict):
    """The request was carried out, but its answer was too large to keep for a replay."""

    code = "reply_not_kept"


class InternalError(Refusal):
    """A bug or an outage. The request id finds it in the logs."""

    status = 500
    code = "internal_error"
