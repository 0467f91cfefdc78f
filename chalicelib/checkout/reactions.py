"""What does checkout do when money comes, or when time has passed?"""

from collections.abc import Mapping
from typing import Any

from chalicelib.checkout import service
from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.payments.events import PaymentCaptured

checkout_payments = Consumer("checkout_payments")


@checkout_payments.on(PaymentCaptured, once=Once.BY_OWN_WRITES)
def take_late_money(message: Message[PaymentCaptured]) -> None:
    """Let money that came after the end begin another attempt, or be owed back."""
    captured = message.data
    service.revive(captured.owner, captured.checkout_id, captured.payment_id)


def sweep(event: Mapping[str, Any], context: object) -> dict[str, int]:
    """Look after unfinished checkouts; runs each minute."""
    return service.sweep()
