"""How do products look to those who read them?"""

from typing import Annotated

from pydantic import Field

from chalicelib.catalog.rules import ProductStatus, TaxClass
from chalicelib.catalog.schemas.brands import ProductBrandView
from chalicelib.catalog.schemas.proposals import ProposalView
from chalicelib.catalog.schemas.types import SpecView
from chalicelib.catalog.schemas.variants import StaffVariantView, VariantView
from chalicelib.core.wire import View
from chalicelib.pictures.schemas import PictureView


class VendorView(View):
    """Who sells it."""

    id: str
    name: str


class ProductCategoryView(View):
    """A category that the product lies in."""

    id: str
    name: str


class ProductView(View):
    """A product as shoppers see it, in their language."""

    id: str
    title: str
    description: str
    vendor: VendorView
    categories: list[ProductCategoryView]
    status: ProductStatus
    tax_class: TaxClass
    variants: list[VariantView]
    pictures: list[PictureView]
    brand: ProductBrandView | None
    tags: list[str]
    type_id: str | None
    specs: list[SpecView]
    slug: Annotated[str, Field(description="For the address of its page, in the language of the title.")]
    slugs: Annotated[dict[str, str], Field(description="In every language in which the product is told of.")]
    seo_title: Annotated[str, Field(description="Empty where nobody wrote one; the title may stand for it.")]
    seo_description: str


class StaffProductView(View):
    """A product as its sellers edit it, in every language."""

    id: str
    vendor_id: str
    title: dict[str, str]
    description: dict[str, str]
    category_ids: list[str]
    status: ProductStatus
    tax_class: TaxClass
    variants: list[StaffVariantView]
    brand_id: str | None
    tags: list[str]
    type_id: str | None
    specs: dict[str, bool | int | float | str | dict[str, str]]
    slugs: dict[str, str]
    seo_title: dict[str, str]
    seo_description: dict[str, str]
    has_proposal: Annotated[bool, Field(description="Whether staff have something of it to decide about.")]
    proposal: Annotated[ProposalView | None, Field(description="What waits for staff.")]
    refusal_reasons: Annotated[list[str] | None, Field(description="Why staff refused last, until they approve.")]
