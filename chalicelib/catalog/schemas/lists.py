"""How do lists of products look on the wire?"""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.catalog.rules import ProductStatus
from chalicelib.catalog.schemas.prices import CardPriceView, ShownCurrency
from chalicelib.core.wire import PageQuery, Slug
from chalicelib.pictures.schemas import PictureView

_Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]
_LISTS = ("category", "brand", "vendor", "tag", "collection", "on_sale")


class ProductFilter(PageQuery):
    """Which products are listed: those of one list, or all."""

    category: Annotated[Slug | None, Field(description="Id of a category; what lies in it is listed too.")] = None
    currency: ShownCurrency = None
    brand: Annotated[_Id | None, Field(description="Id of a brand.")] = None
    vendor: Annotated[_Id | None, Field(description="Id of a vendor.")] = None
    tag: Annotated[_Id | None, Field(description="A tag.")] = None
    collection: Annotated[
        Slug | None, Field(description="Id of a collection, in its order. There is always one called `featured`.")
    ] = None
    on_sale: Annotated[bool, Field(description="Only what costs less for a time.")] = False

    @field_validator(*_LISTS)
    @classmethod
    def _one_list_only(cls, value: Any, info: ValidationInfo) -> Any:
        if value and any(info.data.get(name) for name in _LISTS if name != info.field_name):
            raise PydanticCustomError("one_list_only", "Choose one list.")
        return value


class SellerFilter(PageQuery):
    """Which products sellers see: their own, or a vendor's, or all with a status; active ones if nothing is chosen."""

    status: Annotated[ProductStatus | None, Field(description="Only with this status.")] = None
    review: Annotated[bool, Field(description="Only those of which something waits for approval.")] = False
    vendor: Annotated[_Id | None, Field(description="Id of a vendor; deleted products are left out.")] = None


class ProductCardView(CardPriceView):
    """A product in a list."""

    id: str
    title: str
    vendor_id: str
    picture: PictureView | None


class SellerCardView(ProductCardView):
    """A product in a list of those who sell it, shown to shoppers or not."""

    status: ProductStatus
    awaits_approval: bool
