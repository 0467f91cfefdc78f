"""What is told of a product once a draft or a change of it is accepted?"""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.catalog import rules
from chalicelib.catalog.errors import TooManyVariants
from chalicelib.catalog.rules import Dimensions, ProductDetails, ProductVariant, Sale
from chalicelib.catalog.schemas import ProductChange, ProductDraft, SaleDraft, VariantDraft
from chalicelib.catalog.service import referring
from chalicelib.catalog.service.referring import References
from chalicelib.core.storage import keys, list_keys
from chalicelib.core.storage.key import Key
from chalicelib.vendors.service import Vendor


def details_of(draft: ProductDraft, vendor: Vendor) -> ProductDetails:
    """Return the details of a new product: 1 read.

    Raises whatever of ``errors.TOLD_WRONGLY`` it is.
    """
    variants = variants_of(draft.variants)
    rules.demand_distinct(variants)
    at = [*map(list_keys.category, draft.category_ids), *referring.keys_of_new(variants), *_keys_of_words(draft)]
    found = referring.looked_up(at)
    found.demand_free()
    found.demand_type(draft.type_id)
    return ProductDetails(
        title=draft.title,
        description=draft.description,
        vendor_name=vendor.name,
        vendor_names=vendor.names,
        categories=found.categories(draft.category_ids),
        variants=variants,
        tax_class=draft.tax_class,
        brand=found.brand(draft.brand_id),
        tags=tuple(draft.tags),
        type_id=draft.type_id,
        specs=found.specs(draft.type_id, draft.specs),
        slugs=draft.slugs,
        seo_title=draft.seo_title,
        seo_description=draft.seo_description,
    )


def changed(
    details: ProductDetails, change: ProductChange, *, variants: Sequence[ProductVariant] | None = None
) -> ProductDetails:
    """Return the details after a change; ``variants`` are those for sale then, unless ``change`` says which.

    Raises ``TooManyVariants`` and what ``details_of`` raises: 1 read at most, none if nothing new is named.
    """
    after = _with_variants(details, change, variants)
    rules.demand_distinct(after.variants)
    at = [*referring.keys_of_new(after.variants, details.variants), *_keys_of_words(change)]
    at += map(list_keys.category, change.category_ids or ())
    if change.specs is not None and details.type_id is not None and "type_id" not in change.model_fields_set:
        at.append(keys.product_type(details.type_id))
    found = referring.looked_up(at)
    found.demand_free()
    return replace(
        _with_specs(_with_words(after, change, found), change, found),
        title=details.title if change.title is None else change.title,
        description=details.description if change.description is None else change.description,
        categories=details.categories if change.category_ids is None else found.categories(change.category_ids),
        tax_class=change.tax_class or details.tax_class,
    )


def _keys_of_words(told: ProductDraft | ProductChange) -> list[Key]:
    """Return where the brand and the type lie that are named."""
    brands = [] if told.brand_id is None else [keys.brand(told.brand_id)]
    return brands if told.type_id is None else [*brands, keys.product_type(told.type_id)]


def _with_words(details: ProductDetails, change: ProductChange, found: References) -> ProductDetails:
    names_brand = "brand_id" in change.model_fields_set
    is_same_brand = details.brand is not None and details.brand.id == change.brand_id
    return replace(
        details,
        brand=found.brand(change.brand_id) if names_brand and not is_same_brand else details.brand,
        tags=details.tags if change.tags is None else tuple(change.tags),
        slugs={**details.slugs, **(change.slugs or {})},
        seo_title=details.seo_title if change.seo_title is None else change.seo_title,
        seo_description=details.seo_description if change.seo_description is None else change.seo_description,
    )


def _with_specs(details: ProductDetails, change: ProductChange, found: References) -> ProductDetails:
    """Return the details with what is specified; with another type, all of it must fit that one."""
    names_type = "type_id" in change.model_fields_set
    if not names_type and change.specs is None:
        return details
    type_id = change.type_id if names_type else details.type_id
    if type_id != details.type_id:
        found.demand_type(type_id)
    kept = {} if names_type and type_id is None else rules.values_of(details.specs)
    values = kept if change.specs is None else change.specs
    return replace(details, type_id=type_id, specs=found.specs(type_id, values))


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
