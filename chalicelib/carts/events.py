"""What do carts announce?"""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class CartAbandoned(Event):
    """Somebody left a cart with goods in it and is to be reminded, for the so-many-th time."""

    TYPE: ClassVar[str] = "cart.abandoned"

    cart_id: str
    owner_id: str
    number: int
