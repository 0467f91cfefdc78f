"""How is a request answered? Admit, bind, count, carry out once, store the reply with the effect, describe failures."""

from dataclasses import dataclass, field
from typing import Any

from chalicelib.core import audit, observability
from chalicelib.core.cors import common_headers
from chalicelib.core.errors import PreconditionRequired, Refusal, TooManyAttempts
from chalicelib.core.http import auditing, binding, idempotency, throttling
from chalicelib.core.http.access import ANONYMOUS, Caller
from chalicelib.core.http.errors import InternalError
from chalicelib.core.http.operation import IfMatch, Operation
from chalicelib.core.http.problems import problem
from chalicelib.core.http.reply import Reply, reply_to
from chalicelib.core.http.request import Request
from chalicelib.core.observability import logger
from chalicelib.core.storage import transactions
from chalicelib.core.throttles import Verdict


@dataclass
class _Visit:
    """One request on its way through an operation."""

    operation: Operation
    request: Request
    caller: Caller = ANONYMOUS
    verdicts: list[Verdict] = field(default_factory=list)


def respond(operation: Operation, request: Request) -> Reply:
    """Answer a request. Never raises: a bug becomes a 500 problem and an error in the log."""
    visit = _Visit(operation, request)
    trace = observability.traceparent.set(request.traceparent)
    try:
        reply = _carried_out(visit)
    except Refusal as refusal:
        auditing.note_refusal(operation, request, caller=visit.caller, refusal=refusal)
        reply = problem(refusal, locale=request.locale, request_id=request.id)
    except Exception:
        logger.exception("unexpected failure", operation=operation.id, request_id=request.id)
        reply = problem(InternalError(), locale=request.locale, request_id=request.id)
    finally:
        observability.traceparent.reset(trace)
    reply.headers |= throttling.headers(operation.throttles, visit.verdicts)
    _log(visit, reply)
    return dressed(reply, request)


def dressed(reply: Reply, request: Request) -> Reply:
    """Add what every reply carries."""
    reply.headers |= common_headers(request.headers.get("origin"))
    reply.headers["X-Request-Id"] = request.id
    return reply


def _carried_out(visit: _Visit) -> Reply:
    access = visit.operation.access
    visit.caller = access.recognise(visit.request.headers.get("authorization"))
    visit.caller = access.admit(visit.caller)
    with audit.acting(auditing.doer(visit.caller, visit.request)):
        return _let_in(visit)


def _let_in(visit: _Visit) -> Reply:
    operation, request = visit.operation, visit.request
    if operation.changes_state:
        binding.demand_readable(operation, request)
    if operation.if_match is IfMatch.REQUIRED and request.if_version is None:
        raise PreconditionRequired()
    values = binding.arguments(operation, request, visit.caller)
    _count(visit, values.get("body"))
    if not operation.changes_state:
        return reply_to(operation, request, operation.view(**values))
    claim = idempotency.claim(operation, request, visit.caller)
    if claim is None:
        return _followed_up(visit, transactions.settled(lambda: _done(visit, values)))
    if claim.replay is not None:
        return _followed_up(visit, claim.replay)
    return _followed_up(visit, _done_under(claim, visit, values))


def _count(visit: _Visit, body: Any) -> None:
    """Count the request by each policy; whoever asks again under an ``Idempotency-Key`` has asked again."""
    for each in visit.operation.throttles:
        if not each.counts(body):
            continue
        verdict = each.verdict_on(visit.request, body)
        visit.verdicts.append(verdict)
        if not verdict.is_allowed:
            raise TooManyAttempts(policy=verdict.policy, retry_after_seconds=verdict.seconds_to_next)


def _done(visit: _Visit, values: dict[str, Any]) -> Reply:
    def carried_out() -> Reply:
        return reply_to(visit.operation, visit.request, visit.operation.view(**values))

    return auditing.audited(visit.operation, visit.request, carried_out)


def _done_under(claim: idempotency.Claim, visit: _Visit, values: dict[str, Any]) -> Reply:
    """Carry out a claimed request; a refusal gives the key back, a fault leaves it to the lease."""

    def once() -> Reply:
        with transactions.write():
            reply = _done(visit, values)
            claim.complete(reply)
        return reply

    try:
        return transactions.settled(once)
    except Refusal:
        claim.release()
        raise


def _followed_up(visit: _Visit, reply: Reply) -> Reply:
    """Do what follows the commit. It runs again at each replay, so it must bear that.

    When it fails, what was committed stands, and so does the answer: the domain's sweep does what is missing.
    """
    operation, follow_up = visit.operation, visit.operation.follow_up
    if follow_up is None or not reply.body:
        return reply
    told = operation.answer_type.model_validate_json(reply.body)
    try:
        fresher = transactions.settled(lambda: follow_up(told, visit.request, visit.caller))
    except Exception:
        logger.exception("follow-up failed", operation=operation.id, request_id=visit.request.id)
        observability.count("FollowUpFailed")
        return reply
    if fresher is not None:
        reply.body = fresher.model_dump_json()
        reply.headers.pop("ETag", None)
    return reply


def _log(visit: _Visit, reply: Reply) -> None:
    logger.info(
        "answered",
        operation=visit.operation.id,
        status=reply.status,
        request_id=visit.request.id,
        caller=visit.caller.id,
        traceparent=visit.request.traceparent,
    )
