"""What do carts do when something was bought, or when time has passed?"""

from collections.abc import Mapping
from typing import Any

from chalicelib.carts import service
from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.orders.events import OrderPlaced

cart_recoveries = Consumer("cart_recoveries")


@cart_recoveries.on(OrderPlaced, once=Once.BY_OWN_WRITES)
def note_purchase(message: Message[OrderPlaced]) -> None:
    """Remind the buyer of nothing that they left before, and count the order if a reminder brought it."""
    placed = message.data
    service.note_purchase(
        placed.owner,
        placed.cart_id,
        service.Purchased(placed.order_id, placed.total_minor, placed.currency, message.time),
    )


def remind(event: Mapping[str, Any], context: object) -> dict[str, int]:
    """Remind of carts that were left; runs each minute."""
    return service.remind_due(context)
