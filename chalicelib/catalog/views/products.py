"""How do products become what their reader sees?"""

from collections.abc import Mapping

from chalicelib.catalog.rules import Dimensions, ProductBrand, ProductStatus, ProductVariant
from chalicelib.catalog.schemas import (
    AvailabilityView,
    DimensionsView,
    PictureView,
    ProductBrandView,
    ProductCategoryView,
    ProductView,
    StaffProductView,
    StaffVariantView,
    VariantView,
    VendorView,
)
from chalicelib.catalog.service import KeptProduct, ProductOnSale
from chalicelib.catalog.views.pictures import picture_view
from chalicelib.catalog.views.prices import price_shown, prices_set
from chalicelib.catalog.views.proposals import proposal_view
from chalicelib.catalog.views.types import spec_view
from chalicelib.core.i18n.locales import in_locale, locale_told
from chalicelib.inventory.rules import NOTHING_LEFT


def product_view(found: ProductOnSale, locale: str) -> ProductView:
    """Show a product to shoppers."""
    product, details = found.product, found.product.details
    pictures = {picture.id: picture_view(product.product_id, picture, locale) for picture in found.pictures}
    return ProductView(
        id=product.product_id,
        title=in_locale(details.title, locale),
        description=in_locale(details.description, locale),
        vendor=VendorView(id=product.vendor_id, name=in_locale(details.vendor_names, locale) or details.vendor_name),
        categories=[
            ProductCategoryView(id=category.id, name=in_locale(category.name, locale))
            for category in details.categories
        ],
        status=ProductStatus(product.status),
        tax_class=details.tax_class,
        variants=[
            _variant_view(variant, found, pictures.get(variant.picture_id or "")) for variant in details.active_variants
        ],
        pictures=list(pictures.values()),
        brand=_brand_view(details.brand, locale),
        tags=list(details.tags),
        type_id=details.type_id,
        specs=[spec_view(spec, locale) for spec in details.specs],
        slug=in_locale(details.slugs, locale),
        slugs=dict(details.slugs),
        seo_title=in_locale(details.seo_title, locale),
        seo_description=in_locale(details.seo_description, locale),
    )


def language_of(found: ProductOnSale, locale: str) -> str:
    """Return the language in which a reader is told of a product: that of its title."""
    return locale_told(found.product.details.title, locale)


def staff_product_view(kept: KeptProduct) -> StaffProductView:
    """Show a product to those who edit it."""
    product, details, waiting = kept.product, kept.product.details, kept.waiting
    return StaffProductView(
        id=product.product_id,
        vendor_id=product.vendor_id,
        title=dict(details.title),
        description=dict(details.description),
        category_ids=[category.id for category in details.categories],
        status=ProductStatus(product.status),
        tax_class=details.tax_class,
        variants=[_staff_variant_view(variant) for variant in details.variants],
        brand_id=None if details.brand is None else details.brand.id,
        tags=list(details.tags),
        type_id=details.type_id,
        specs={spec.id: dict(spec.value) if isinstance(spec.value, Mapping) else spec.value for spec in details.specs},
        slugs=dict(details.slugs),
        seo_title=dict(details.seo_title),
        seo_description=dict(details.seo_description),
        has_proposal=bool(product.has_proposal),
        proposal=None if waiting is None else proposal_view(product, waiting),
        refusal_reasons=product.refusal_reasons,
    )


def _brand_view(brand: ProductBrand | None, locale: str) -> ProductBrandView | None:
    return None if brand is None else ProductBrandView(id=brand.id, name=in_locale(brand.name, locale))


def _variant_view(variant: ProductVariant, found: ProductOnSale, picture: PictureView | None) -> VariantView:
    told = found.availability.get(variant.sku, NOTHING_LEFT)
    return VariantView(
        sku=variant.sku,
        options=dict(variant.options),
        weight_grams=variant.weight_grams,
        barcode=variant.barcode,
        dimensions=_dimensions_view(variant.dimensions),
        availability=AvailabilityView(in_stock=told.in_stock, left=told.left),
        picture=picture,
        **price_shown(found.prices.of(variant)),
    )


def _staff_variant_view(variant: ProductVariant) -> StaffVariantView:
    return StaffVariantView(
        sku=variant.sku,
        options=dict(variant.options),
        weight_grams=variant.weight_grams,
        barcode=variant.barcode,
        dimensions=_dimensions_view(variant.dimensions),
        status=variant.status,
        picture_id=variant.picture_id,
        **prices_set(variant),
    )


def _dimensions_view(dimensions: Dimensions | None) -> DimensionsView | None:
    if dimensions is None:
        return None
    return DimensionsView(length_mm=dimensions.length_mm, width_mm=dimensions.width_mm, height_mm=dimensions.height_mm)
