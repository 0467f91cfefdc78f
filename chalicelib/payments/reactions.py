"""What does the payments domain do when it is told something, or when time has passed?"""

from collections.abc import Mapping
from typing import Any

from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.payments import service
from chalicelib.payments.events import PaymentHinted

webhooks = Consumer("payment_webhooks")


@webhooks.on(PaymentHinted, once=Once.BY_OWN_WRITES)
def verify_hint(message: Message[PaymentHinted]) -> None:
    """Ask the provider whether the hint is true."""
    service.verify(message.data.tx_ref)


def verify_due(event: Mapping[str, Any], context: object) -> dict[str, int]:
    """Verify attempts that no webhook told us about; runs each minute."""
    return service.verify_due()
