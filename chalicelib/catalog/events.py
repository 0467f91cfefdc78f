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


@dataclass(frozen=True)
class ProductSubmitted(Event):
    """Staff have to decide whether a product may be sold, or whether it may be told otherwise; ``user_id`` asks."""

    TYPE: ClassVar[str] = "product.submitted"

    product_id: str
    vendor_id: str
    user_id: str


@dataclass(frozen=True)
class ProductApproved(Event):
    """What ``user_id`` asked for is granted: the product, or what was to be told of it."""

    TYPE: ClassVar[str] = "product.approved"

    product_id: str
    vendor_id: str
    user_id: str


@dataclass(frozen=True)
class ProductRefused(Event):
    """What ``user_id`` asked for is not granted; the reasons are on the product."""

    TYPE: ClassVar[str] = "product.refused"

    product_id: str
    vendor_id: str
    user_id: str
