"""What do tests of refunds begin with, and how do they play the machine and the provider's webhooks?"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from app import app
from chalicelib.core.events.consuming import Consumer
from chalicelib.core.events.event import envelope
from chalicelib.core.storage import keys, refund_keys
from chalicelib.core.storage.table import find
from chalicelib.payments import service
from chalicelib.payments.models import Refund, RefundEntry, Webhook
from chalicelib.payments.reactions import refund_requests, webhooks
from chalicelib.payments.rules import RefundReason
from chalicelib.payments.steps import refund as workflow
from tests.payments.builders import an_open_payment, attempt, verify
from tests.support.builders import birr, the_payment
from tests.support.calling import Client
from tests.support.chapa import WEBHOOK_SECRET, Till
from tests.support.machine import WaitingMachine

HOOK = "/webhooks/chapa"
REFUNDED = "charge.refunded"


@dataclass(frozen=True)
class Execution:
    """One execution of the refund machine."""

    refund_id: str
    attempt: int = 1

    @property
    def reservation_id(self) -> str:
        return f"{self.refund_id}-{self.attempt}"

    def step(self, name: str, **sent: str) -> str:
        """Call a step as a state of the machine does, and return its outcome."""
        reference = {"refund_id": self.refund_id, "attempt": self.attempt}
        return workflow.handler({"step": name, "input": reference, **sent}, None)["outcome"]


def money_to_give_back(till: Till, *, amount: int = 350) -> Refund:
    """So much of 350 birr that came goes back."""
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    verify(tx_ref)
    return service.begin_refund(the_payment(), attempt(tx_ref), amount=birr(amount), reason=RefundReason.NO_ORDER)


def waited_for(till: Till, machine: WaitingMachine, *, amount: int = 350) -> tuple[Refund, Execution]:
    """A refund that was asked for, and whose execution waits."""
    refund = money_to_give_back(till, amount=amount)
    assert refund.event is not None
    brings(refund_requests, refund.event)
    execution = Execution(refund.refund_id)
    assert execution.step("ask_refund") == "asked"
    execution.step("await_refund", task_token=machine.token(execution))
    assert machine.is_running(execution)
    return refund, execution


def as_it_is(refund: Refund) -> Refund:
    return service.get_refund(refund.refund_id)


def standing(refund: Refund) -> tuple[str, str | None]:
    """How far it is, and why it needs attention."""
    now = as_it_is(refund)
    return now.status, now.problem


def looked_after_at(refund: Refund) -> str | None:
    entry = find(RefundEntry, refund_keys.refund_entry(refund.refund_id))
    assert entry is not None
    return entry.gsi2sk


def is_told(body: bytes, signature: str) -> int:
    """Bring a webhook to the shop, and its queue what that announces; returns what the provider is answered."""
    before = _announced(body)
    answer = Client(app).post(HOOK, body.decode(), x_chapa_signature=signature)
    hint = _announced(body)
    if hint is not None and hint != before:
        brings(webhooks, hint)
    return answer.status


def signed(body: bytes) -> str:
    return hmac.new(WEBHOOK_SECRET.encode(), body, hashlib.sha256).hexdigest()


def brings(queue: Consumer, announced: dict[str, Any]) -> None:
    """Let a queue have an event."""
    record = {"messageId": "1", "body": json.dumps(envelope(announced))}
    assert queue.handler({"Records": [record]}, None) == {"batchItemFailures": []}


def _announced(body: bytes) -> dict[str, Any] | None:
    said = json.loads(body)
    fingerprint = hashlib.sha256(f"{said['event']}|{said['reference']}|".encode() + body).hexdigest()
    webhook = find(Webhook, keys.webhook(fingerprint))
    return webhook.event if webhook is not None else None
