"""How does the shop refuse? The tree of expected failures, each with its status and stable code.

Refusal                      an expected failure; becomes problem+json
├── Malformed        422     the request cannot be read (400 when it is not even JSON)
├── Unauthenticated  401     nobody, or a token that no longer counts
├── Forbidden        403     known, but not allowed
├── NotFound         404     not there, or not yours
├── Conflict         409     the state of things does not allow it
├── PreconditionFailed 412   someone else changed it first
├── TooManyAttempts  429     tried too often; later it may work
└── Busy             503     contention outlasted the retries
"""

from typing import Any, ClassVar


class Refusal(Exception):
    """An expected failure. Facts given by keyword become extension members and fill the localised texts."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    headers: dict[str, str] = {}

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


class Malformed(Refusal):
    """The request is understood as HTTP but not as what this operation takes.

    ``errors`` lists ``{pointer|parameter|header, code, detail}`` as RFC 9457 suggests for validation.
    """

    status = 422
    code = "malformed"

    def __init__(self, errors: list[dict[str, str]] | None = None, **facts: Any) -> None:
        super().__init__(**facts, **({"errors": errors} if errors else {}))


class NotJson(Refusal):
    status = 400
    code = "not_json"


class Unauthenticated(Refusal):
    status = 401
    code = "unauthenticated"
    headers = {"WWW-Authenticate": "Bearer"}


class Forbidden(Refusal):
    status = 403
    code = "forbidden"


class NotFound(Refusal):
    status = 404
    code = "not_found"


class Conflict(Refusal):
    status = 409
    code = "conflict"


class PreconditionFailed(Refusal):
    status = 412
    code = "precondition_failed"


def demand_version(read: int | None, there: int) -> None:
    """Raise ``PreconditionFailed`` for whoever read another version than there is; ``None`` says nothing of it."""
    if read not in (None, there):
        raise PreconditionFailed()


class PreconditionRequired(Refusal):
    status = 428
    code = "precondition_required"


class TooManyAttempts(Refusal):
    """The ``policy`` lets no more attempts in; one more is let in after ``retry_after_seconds``."""

    status = 429
    code = "too_many_attempts"
    # As documented; each one says how long.
    headers = {"Retry-After": "1"}

    def __init__(self, *, policy: str, retry_after_seconds: int) -> None:
        super().__init__(policy=policy, retry_after_seconds=retry_after_seconds)
        self.headers = {"Retry-After": str(retry_after_seconds)}


class Busy(Refusal):
    status = 503
    code = "busy"
    headers = {"Retry-After": "1"}
