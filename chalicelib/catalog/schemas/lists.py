"""How do lists of products look on the wire?"""

from typing import Annotated

from pydantic import Field

from chalicelib.catalog.schemas.prices import CardPriceView, ShownCurrency
from chalicelib.core.wire import PageQuery, Slug


class ProductFilter(PageQuery):
    """Which products are listed."""

    category: Annotated[Slug | None, Field(description="Id of a category; what lies in it is listed too.")] = None
    currency: ShownCurrency = None


class ProductCardView(CardPriceView):
    """A product in a list."""

    id: str
    title: str
    vendor_id: str
    picture: str | None
