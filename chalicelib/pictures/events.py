"""What do pictures announce?"""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class GalleryChanged(Event):
    """Something about a product's pictures is not as it was: one more, one less, their order, words or state."""

    TYPE: ClassVar[str] = "gallery.changed"

    product_id: str
