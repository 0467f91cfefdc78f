"""What do promotions announce? That codes are to be made."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class CouponsWanted(Event):
    """A batch of codes is not whole yet: some more are to be made."""

    TYPE: ClassVar[str] = "coupons.wanted"

    batch_id: str
    promotion_id: str
