"""What does the orders domain announce?"""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class OrderPlaced(Event):
    """An order exists: paid, numbered and split among its vendors. Its reservation is spent."""

    TYPE: ClassVar[str] = "order.placed"

    order_id: str
    owner: str
    checkout_id: str
    reservation_id: str
    cart_id: str = ""
    total_minor: int = 0
    currency: str = ""
