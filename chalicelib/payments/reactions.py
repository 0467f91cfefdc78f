"""What does the payments domain do when it is told something, or when time has passed?"""

from collections.abc import Mapping
from typing import Any

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.payments import service
from chalicelib.payments.events import PaymentHinted, RefundHinted, RefundRequested

webhooks = Consumer("payment_webhooks")
refund_requests = Consumer("refund_requests")


@webhooks.on(PaymentHinted, once=Once.BY_OWN_WRITES)
def verify_hint(message: Message[PaymentHinted]) -> None:
    """Ask the provider whether the hint is true."""
    service.take_news(message.data)


@webhooks.on(RefundHinted, once=Once.BY_OWN_WRITES)
def take_refund_hint(message: Message[RefundHinted]) -> None:
    """Take notice of what the provider said of money that goes back."""
    service.take_hint(message.data)


@refund_requests.on(RefundRequested, once=Once.BY_OWN_WRITES)
def start_refund(message: Message[RefundRequested]) -> None:
    """Start the execution that asks for it."""
    service.start_refund(message.data.refund_id)


def sweep_refunds(event: Mapping[str, Any], context: object) -> dict[str, int]:
    """Look after refunds under way; runs each minute."""
    return service.sweep_refunds(context)


def verify_due(event: Mapping[str, Any], context: object) -> dict[str, int]:
    """Verify attempts that no webhook told us about; runs each minute."""
    return service.verify_due(context)
