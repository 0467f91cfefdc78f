"""What of a request goes into the audit trail? All that staff change, and whom the shop turned away."""

import json
from collections.abc import Callable

from chalicelib.core import audit
from chalicelib.core.audit import Doer
from chalicelib.core.errors import Forbidden, Refusal
from chalicelib.core.http import binding
from chalicelib.core.http.access import Caller
from chalicelib.core.http.operation import Operation
from chalicelib.core.http.reply import JSON, Reply
from chalicelib.core.http.request import Request
from chalicelib.core.observability import logger
from chalicelib.core.storage import transactions

_UNREADABLE = "?"
# Doors to what the shop sells, says and decides; a vendor's members act on it as staff do.
_AUDITED = ("staff", "seller")


def doer(caller: Caller, request: Request) -> Doer:
    """Return who acts by this request."""
    return Doer(caller.id, _kind_of(caller), request.id, request.address)


def audited(operation: Operation, request: Request, carry_out: Callable[[], Reply]) -> Reply:
    """Carry out a change; when it is behind a door for staff or sellers, its record commits in the same transaction.

    The record is about what the path names, or else about what was made.
    """
    if operation.access.name not in _AUDITED:
        return carry_out()
    with transactions.write(), audit.recording(operation.id) as record:
        reply = carry_out()
        record.subject, *record.parts = _named(operation, request) or [_made(reply) or operation.tag]
    return reply


def note_refusal(operation: Operation, request: Request, *, caller: Caller, refusal: Refusal) -> None:
    """Record that somebody who has signed in may not do this. Failing at it changes no answer."""
    if not isinstance(refusal, Forbidden) or not caller.is_user:
        return
    subject, *parts = _named(operation, request) or [operation.tag]
    try:
        with audit.acting(doer(caller, request)):
            transactions.settled(lambda: audit.record_refusal(operation.id, subject=subject, parts=parts))
    except Exception:
        logger.exception("refusal not recorded", operation=operation.id, request_id=request.id)


def _kind_of(caller: Caller) -> str:
    if not caller.is_user:
        return "guest" if caller.id else "anonymous"
    if caller.permissions and "admin" not in caller.roles:
        return "staff"
    ranked = ("admin", "staff", "vendor")
    return next((role for role in ranked if role in caller.roles), "customer")


def _named(operation: Operation, request: Request) -> list[str]:
    """Return the things that the path names. Whoever is turned away may have named them by anything."""
    values = [request.path_values[name] for name in operation.path_names]
    return [value if binding.is_path_value(value) else _UNREADABLE for value in values]


def _made(reply: Reply) -> str:
    told = json.loads(reply.body) if reply.headers.get("Content-Type") == JSON else {}
    return str(told.get("id", ""))
