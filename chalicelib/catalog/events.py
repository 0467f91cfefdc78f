"""What does the catalogue announce?"""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class CategoryMoved(Event):
    """A category lies in another one from now on, with all that lies in it."""

    TYPE: ClassVar[str] = "category.moved"

    category_id: str


@dataclass(frozen=True)
class CategoryPartlyRelisted(Event):
    """Some products of a moved category are listed anew, and more are left."""

    TYPE: ClassVar[str] = "category.partly_relisted"

    category_id: str


@dataclass(frozen=True)
class ProductCreated(Event):
    """A product is there, as a draft or for sale."""

    TYPE: ClassVar[str] = "product.created"

    product_id: str


@dataclass(frozen=True)
class ProductChanged(Event):
    """Something that is told of a product, its status or its variants changed."""

    TYPE: ClassVar[str] = "product.changed"

    product_id: str
