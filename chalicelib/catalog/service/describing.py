"""What is told of a product once a draft or a change of it is accepted?"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import CategoryUnknown, SkuTaken, TooManyVariants
from chalicelib.catalog.models import Category
from chalicelib.catalog.rules import ProductCategory, ProductDetails, ProductVariant, Sale
from chalicelib.catalog.schemas import ProductChange, ProductDraft, SaleDraft, VariantDraft
from chalicelib.vendors.service import Vendor


def details_of(draft: ProductDraft, vendor: Vendor) -> ProductDetails:
    """Return the details of a new product. Raises ``CategoryUnknown`` or ``SkuTaken``."""
    variants = variants_of(draft.variants)
    return ProductDetails(
        title=draft.title,
        description=draft.description,
        vendor_name=vendor.name,
        vendor_names=vendor.names,
        categories=_checked_categories(draft.category_ids, new_skus=[variant.sku for variant in variants]),
        variants=variants,
        tax_class=draft.tax_class,
    )


def changed(
    details: ProductDetails, change: ProductChange, *, variants: Sequence[ProductVariant] | None = None
) -> ProductDetails:
    """Return the details after a change; ``variants`` are those for sale then, unless ``change`` says which.

    Raises ``TooManyVariants``, ``CategoryUnknown`` or ``SkuTaken``.
    """
    wanted = variants if change.variants is None else variants_of(change.variants)
    variants = list(details.variants) if wanted is None else rules.merged_variants(details.variants, wanted)
    if len(variants) > rules.VARIANTS_LIMIT:
        raise TooManyVariants(limit=rules.VARIANTS_LIMIT)
    new_skus = {variant.sku for variant in variants} - {variant.sku for variant in details.variants}
    categories = details.categories
    if change.category_ids is not None or new_skus:
        category_ids = change.category_ids or [category.id for category in details.categories]
        categories = _checked_categories(category_ids, new_skus=new_skus)
    return replace(
        details,
        title=details.title if change.title is None else change.title,
        description=details.description if change.description is None else change.description,
        categories=categories,
        variants=variants,
        tax_class=change.tax_class or details.tax_class,
    )


def variants_of(drafts: Sequence[VariantDraft]) -> list[ProductVariant]:
    """Return the variants that drafts describe, for sale."""
    return [
        ProductVariant(
            each.sku,
            each.options,
            each.price,
            each.weight_grams,
            other_prices=tuple(each.other_prices),
            sale=_sale(each.sale),
        )
        for each in drafts
    ]


def _sale(draft: SaleDraft | None) -> Sale | None:
    if draft is None:
        return None
    return Sale(draft.price, draft.starts_at, draft.ends_at, tuple(draft.other_prices))


def _checked_categories(category_ids: Sequence[str], *, new_skus: Iterable[str]) -> list[ProductCategory]:
    """Return the categories; raise for one that is not there, or for a SKU that is."""
    categories, taken = store.categories_and_variants(category_ids, new_skus)
    for variant in taken.values():
        raise SkuTaken(sku=variant.sku, product_id=variant.product_id)
    unknown = [category_id for category_id in category_ids if category_id not in categories]
    if unknown:
        raise CategoryUnknown(category_ids=unknown)
    return [_named(categories[category_id]) for category_id in category_ids]


def _named(category: Category) -> ProductCategory:
    return ProductCategory(id=category.category_id, name=category.name)
