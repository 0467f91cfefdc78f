"""How do lists of products look on the wire?"""

from typing import Annotated

from pydantic import Field

from chalicelib.core.money import Money
from chalicelib.core.wire import PageQuery, Slug, View


class ProductFilter(PageQuery):
    """Which products are listed."""

    category: Annotated[Slug | None, Field(description="Id of a category; what lies in it is listed too.")] = None


class ProductCardView(View):
    """A product in a list."""

    id: str
    title: str
    vendor_id: str
    price_from: Money
    picture: str | None
