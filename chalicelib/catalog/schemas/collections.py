"""How do collections look on the wire?"""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.catalog.schemas.texts import Blurbs, Titles
from chalicelib.core.wire import Draft, View

# An item of ids, and a page is one read of it.
_PRODUCTS_LIMIT = 500
ProductId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,60}$")]


def _distinct(product_ids: list[str]) -> list[str]:
    if len(set(product_ids)) < len(product_ids):
        raise PydanticCustomError("repeated", "Give this once.")
    return product_ids


class CollectionDraft(Draft):
    """What a collection shall be: its words, and its products in their order."""

    name: Titles
    description: Blurbs = {}
    product_ids: Annotated[
        list[ProductId],
        Field(max_length=_PRODUCTS_LIMIT, json_schema_extra={"uniqueItems": True}),
        AfterValidator(_distinct),
    ]


class CollectionView(View):
    """A collection as shoppers see it, in their language; its products are a list of their own."""

    id: str
    name: str
    description: str


class StaffCollectionView(View):
    """A collection as staff edit it. Products that are not shown count, and are left out of the list."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    product_ids: list[str]
