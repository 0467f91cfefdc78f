"""How does the stored catalogue become what its reader sees?"""

from collections.abc import Mapping

from chalicelib.catalog.models import Card, Category, Product, Tree
from chalicelib.catalog.rules import ProductStatus, ProductVariant
from chalicelib.catalog.schemas import (
    AvailabilityView,
    CategoriesView,
    CategoryPlaceView,
    CategoryView,
    PictureView,
    ProductCardView,
    ProductCategoryView,
    ProductView,
    SourceView,
    StaffCategoryView,
    StaffProductView,
    StaffVariantView,
    VariantView,
    VendorView,
)
from chalicelib.catalog.service import Categories, ProductOnSale
from chalicelib.core.i18n.locales import in_locale, locale_told
from chalicelib.core.settings import settings
from chalicelib.inventory.rules import NOTHING_LEFT, Availability
from chalicelib.pictures import rules as picture_rules
from chalicelib.pictures.rules import Picture


def categories_view(categories: Categories, locale: str) -> CategoriesView:
    """Show the whole tree, each category followed by what lies in it."""
    paths = categories.tree.shape.paths
    return CategoriesView(
        items=[
            CategoryView(
                id=category_id,
                parent_id=path[-2] if len(path) > 1 else None,
                name=in_locale(category.name, locale),
                description=in_locale(category.description, locale),
                depth=len(path) - 1,
            )
            for category_id, path in paths.items()
            if (category := categories.rows.get(category_id)) is not None
        ]
    )


def category_place_view(tree: Tree, category_id: str) -> CategoryPlaceView:
    """Show where a category lies."""
    return CategoryPlaceView(
        id=category_id,
        parent_id=tree.shape.parent_of(category_id),
        position=tree.shape.position_of(category_id),
    )


def staff_category_view(category: Category) -> StaffCategoryView:
    """Show a category to those who keep the catalogue."""
    return StaffCategoryView(id=category.category_id, name=dict(category.name), description=dict(category.description))


def product_view(found: ProductOnSale, locale: str) -> ProductView:
    """Show a product to shoppers."""
    product, details = found.product, found.product.details
    pictures = {picture.id: _picture_view(product.product_id, picture, locale) for picture in found.pictures}
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
        variants=[
            _variant_view(variant, found.availability, pictures.get(variant.picture_id or ""))
            for variant in details.active_variants
        ],
        pictures=list(pictures.values()),
    )


def language_of(found: ProductOnSale, locale: str) -> str:
    """Return the language in which a reader is told of a product: that of its title."""
    return locale_told(found.product.details.title, locale)


def staff_product_view(product: Product) -> StaffProductView:
    """Show a product to those who edit it."""
    details = product.details
    return StaffProductView(
        id=product.product_id,
        vendor_id=product.vendor_id,
        title=dict(details.title),
        description=dict(details.description),
        category_ids=[category.id for category in details.categories],
        status=ProductStatus(product.status),
        variants=[_staff_variant_view(variant) for variant in details.variants],
    )


def card_view(entry: Card, locale: str) -> ProductCardView:
    """Show a product in a list."""
    card = entry.card
    return ProductCardView(
        id=card.product_id,
        title=in_locale(card.title, locale),
        vendor_id=card.vendor_id,
        price_from=card.price_from,
        picture=card.picture,
    )


def _picture_view(product_id: str, picture: Picture, locale: str) -> PictureView:
    sources = picture_rules.sources(product_id, picture, settings.images_public_url)
    return PictureView(
        id=picture.id,
        alt=in_locale(picture.alt, locale),
        width=picture.width,
        height=picture.height,
        sources=[SourceView(url=each.url, width=each.width, type=each.type) for each in sources],
    )


def _variant_view(
    variant: ProductVariant, availability: Mapping[str, Availability], picture: PictureView | None
) -> VariantView:
    told = availability.get(variant.sku, NOTHING_LEFT)
    return VariantView(
        sku=variant.sku,
        options=dict(variant.options),
        price=variant.price,
        weight_grams=variant.weight_grams,
        availability=AvailabilityView(in_stock=told.in_stock, left=told.left),
        picture=picture,
    )


def _staff_variant_view(variant: ProductVariant) -> StaffVariantView:
    return StaffVariantView(
        sku=variant.sku,
        options=dict(variant.options),
        price=variant.price,
        weight_grams=variant.weight_grams,
        status=variant.status,
    )
