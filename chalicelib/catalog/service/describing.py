"""What is told of a product once a draft or a change of it is accepted?"""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.catalog import rules
from chalicelib.catalog.errors import TooManyVariants
from chalicelib.catalog.rules import Dimensions, ProductDetails, ProductVariant, Sale
from chalicelib.catalog.schemas import ProductChange, ProductDraft, SaleDraft, VariantDraft
from chalicelib.catalog.service import referring
from chalicelib.core.storage import list_keys
from chalicelib.vendors.service import Vendor


def details_of(draft: ProductDraft, vendor: Vendor) -> ProductDetails:
    """Return the details of a new product: 1 read.

    Raises ``OptionsDiffer``, ``VariantsAlike``, ``CategoryUnknown``, ``SkuTaken`` or ``BarcodeTaken``.
    """
    variants = variants_of(draft.variants)
    rules.demand_distinct(variants)
    found = referring.looked_up([*map(list_keys.category, draft.category_ids), *referring.keys_of_new(variants)])
    found.demand_free()
    return ProductDetails(
        title=draft.title,
        description=draft.description,
        vendor_name=vendor.name,
        vendor_names=vendor.names,
        categories=found.categories(draft.category_ids),
        variants=variants,
        tax_class=draft.tax_class,
    )


def changed(
    details: ProductDetails, change: ProductChange, *, variants: Sequence[ProductVariant] | None = None
) -> ProductDetails:
    """Return the details after a change; ``variants`` are those for sale then, unless ``change`` says which.

    Raises ``TooManyVariants`` and what ``details_of`` raises: 1 read at most, none if nothing new is named.
    """
    after = _with_variants(details, change, variants)
    rules.demand_distinct(after.variants)
    at = referring.keys_of_new(after.variants, details.variants)
    if change.category_ids is not None:
        at += map(list_keys.category, change.category_ids)
    found = referring.looked_up(at)
    found.demand_free()
    return replace(
        after,
        title=details.title if change.title is None else change.title,
        description=details.description if change.description is None else change.description,
        categories=details.categories if change.category_ids is None else found.categories(change.category_ids),
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
            barcode=each.barcode,
            dimensions=None if each.dimensions is None else Dimensions(**each.dimensions.model_dump()),
            picture_id=each.picture_id,
        )
        for each in drafts
    ]


def _sale(draft: SaleDraft | None) -> Sale | None:
    if draft is None:
        return None
    return Sale(draft.price, draft.starts_at, draft.ends_at, tuple(draft.other_prices))


def _with_variants(
    details: ProductDetails, change: ProductChange, variants: Sequence[ProductVariant] | None
) -> ProductDetails:
    wanted = variants if change.variants is None else variants_of(change.variants)
    if wanted is None:
        return details
    merged = rules.with_barcodes_moved(rules.merged_variants(details.variants, wanted))
    if len(merged) > rules.VARIANTS_LIMIT:
        raise TooManyVariants(limit=rules.VARIANTS_LIMIT)
    return replace(details, variants=merged)
