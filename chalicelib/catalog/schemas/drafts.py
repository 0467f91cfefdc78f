"""What do sellers send of a product?"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.catalog.rules import ProductStatus, TaxClass
from chalicelib.catalog.schemas.slugs import Slugs
from chalicelib.catalog.schemas.texts import Descriptions, SeoDescriptions, SeoTitles, Titles
from chalicelib.catalog.schemas.types import Specs
from chalicelib.catalog.schemas.variants import Variants
from chalicelib.core.wire import Draft, Slug


def _distinct(slugs: list[str]) -> list[str]:
    if len(set(slugs)) < len(slugs):
        raise PydanticCustomError("repeated", "Give this once.")
    return slugs


CategoryIds = Annotated[
    list[Slug], Field(min_length=1, max_length=5, json_schema_extra={"uniqueItems": True}), AfterValidator(_distinct)
]
Tags = Annotated[list[Slug], Field(max_length=10, json_schema_extra={"uniqueItems": True}), AfterValidator(_distinct)]

# A product is deleted by its own operation.
FirstStatus = Literal[ProductStatus.DRAFT, ProductStatus.IN_REVIEW, ProductStatus.ACTIVE]
NextStatus = Literal[ProductStatus.DRAFT, ProductStatus.IN_REVIEW, ProductStatus.ACTIVE, ProductStatus.INACTIVE]


class ProductDraft(Draft):
    """A new product."""

    vendor_id: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=100)] | None,
        Field(description="Whose it is. Members of a vendor need not say so; staff must."),
    ] = None
    title: Titles
    description: Descriptions = {}
    category_ids: CategoryIds
    variants: Variants
    status: FirstStatus = ProductStatus.DRAFT
    tax_class: TaxClass = TaxClass.STANDARD
    brand_id: Slug | None = None
    tags: Tags = []
    type_id: Slug | None = None
    specs: Specs = {}
    slugs: Slugs = {}
    seo_title: SeoTitles = {}
    seo_description: SeoDescriptions = {}


class ProductChange(Draft):
    """What shall be different; what is absent stays. ``variants`` are all that shall be for sale from now on."""

    title: Titles | None = None
    description: Descriptions | None = None
    category_ids: CategoryIds | None = None
    variants: Variants | None = None
    status: NextStatus | None = None
    tax_class: TaxClass | None = None
    brand_id: Annotated[Slug | None, Field(description="null takes it away.")] = None
    tags: Tags | None = None
    type_id: Annotated[Slug | None, Field(description="null takes it away, with all specs.")] = None
    specs: Annotated[Specs | None, Field(description="All that is specified from now on.")] = None
    slugs: Slugs | None = None
    seo_title: SeoTitles | None = None
    seo_description: SeoDescriptions | None = None
