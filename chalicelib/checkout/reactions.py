"""What does checkout do when money comes or goes back, or when time has passed?"""

from collections.abc import Mapping
from typing import Any

from chalicelib.checkout import service
from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.payments.events import PaymentCaptured, RefundCompleted, RefundRequested

checkout_payments = Consumer("checkout_payments")


@checkout_payments.on(PaymentCaptured, once=Once.BY_OWN_WRITES)
def take_late_money(message: Message[PaymentCaptured]) -> None:
    """Let money that came after the end begin another attempt, or be owed back."""
    captured = message.data
    service.revive(captured.owner, captured.checkout_id, captured.payment_id)


@checkout_payments.on(RefundRequested, once=Once.BY_OWN_WRITES)
def tell_of_refund(message: Message[RefundRequested]) -> None:
    """Let a checkout name the money of it that goes back, for whoever reads how far it is."""
    requested = message.data
    service.note_refund(requested.owner, requested.checkout_id, requested.refund_id)


@checkout_payments.on(RefundCompleted, once=Once.BY_OWN_WRITES)
def tell_of_money_that_went_back(message: Message[RefundCompleted]) -> None:
    """Let a checkout name also what people paid back that was theirs to decide from the beginning."""
    completed = message.data
    service.note_refund(completed.owner, completed.checkout_id, completed.refund_id)


def sweep(event: Mapping[str, Any], context: object) -> dict[str, int]:
    """Look after unfinished checkouts; runs each minute."""
    return service.sweep(context)
