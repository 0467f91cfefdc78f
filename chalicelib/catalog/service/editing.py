"""How do products come to be and change? Product, SKU guards, stock and event in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chalicelib.catalog import rules, store
from chalicelib.catalog.errors import CategoryUnknown, SkuTaken, TooManyVariants, VendorUnknown
from chalicelib.catalog.events import ProductChanged, ProductCreated
from chalicelib.catalog.models import Category, Product, Variant
from chalicelib.catalog.rules import ProductCategory, ProductDetails, ProductStatus, ProductVariant
from chalicelib.catalog.schemas import ProductChange, ProductDraft, VariantDraft
from chalicelib.catalog.service.reading import product_for_staff
from chalicelib.core import audit, ids
from chalicelib.core.errors import PreconditionFailed
from chalicelib.core.storage import keys, transactions
from chalicelib.inventory import service as inventory
from chalicelib.vendors import service as vendors


def create_product(draft: ProductDraft) -> Product:
    """Make a product with its variants, their guards and their stock.

    Raises ``VendorUnknown``, ``CategoryUnknown`` or ``SkuTaken``.
    """
    vendor = vendors.find(draft.vendor_id)
    if vendor is None:
        raise VendorUnknown(vendor_id=draft.vendor_id)
    product_id = ids.new("prd")
    variants = _variants(draft.variants)
    details = ProductDetails(
        title=draft.title,
        description=draft.description,
        vendor_name=vendor.name,
        vendor_names=vendor.names,
        categories=_checked_categories(draft.category_ids, new_skus=[variant.sku for variant in variants]),
        variants=variants,
    )
    product = Product.at(
        keys.product(product_id),
        product_id=product_id,
        vendor_id=draft.vendor_id,
        status=draft.status,
        details=details,
    )
    with transactions.write() as work:
        work.create(product, event=ProductCreated(product_id))
        for variant in variants:
            _open(product, variant)
    audit.changed({}, {"vendor_id": product.vendor_id, **rules.told_of(product.status, details)})
    return product


def change_product(product_id: str, change: ProductChange, *, if_version: int | None) -> Product:
    """Change what is told of a product, its status or its variants.

    Variants that ``change`` leaves out go off sale; their SKUs and stock stay. Raises ``ProductNotFound``,
    ``PreconditionFailed``, ``SkuTaken``, ``CategoryUnknown`` or ``TooManyVariants``.
    """
    product = product_for_staff(product_id)
    if if_version is not None and product.version != if_version:
        raise PreconditionFailed()
    before, was_status = product.details, product.status
    product.details, product.status = _changed(before, change), change.status or was_status
    with transactions.write() as work:
        work.save(product, event=ProductChanged(product_id))
        _save_variants(product, before, are_all_stale=_reshapes_offers(change))
    audit.changed(rules.told_of(was_status, before), rules.told_of(product.status, product.details))
    return product


def _changed(details: ProductDetails, change: ProductChange) -> ProductDetails:
    variants = list(details.variants)
    if change.variants is not None:
        variants = rules.merged_variants(variants, _variants(change.variants))
    if len(variants) > rules.VARIANTS_LIMIT:
        raise TooManyVariants(limit=rules.VARIANTS_LIMIT)
    new_skus = {variant.sku for variant in variants} - {variant.sku for variant in details.variants}
    categories = details.categories
    if change.category_ids is not None or new_skus:
        wanted = change.category_ids or [category.id for category in details.categories]
        categories = _checked_categories(wanted, new_skus=new_skus)
    return replace(
        details,
        title=details.title if change.title is None else change.title,
        description=details.description if change.description is None else change.description,
        categories=categories,
        variants=variants,
    )


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
    return ProductCategory(id=category.category_id, name=category.name, path=category.path)


def _variants(drafts: Sequence[VariantDraft]) -> list[ProductVariant]:
    return [ProductVariant(each.sku, each.options, each.price, each.weight_grams) for each in drafts]


def _reshapes_offers(change: ProductChange) -> bool:
    """Tell whether every variant's guard must be written anew, since it repeats what is changed."""
    return change.title is not None or change.status is not None


def _save_variants(product: Product, before: ProductDetails, *, are_all_stale: bool) -> None:
    known = {variant.sku: variant for variant in before.variants}
    for variant in product.details.variants:
        if variant.sku not in known:
            _open(product, variant)
        elif are_all_stale or variant != known[variant.sku]:
            with transactions.write() as work:
                work.replace(_guard(product, variant), when=Variant.product_id == product.product_id)


def _open(product: Product, variant: ProductVariant) -> None:
    """Guard a new SKU and begin to count it. Taken meanwhile, all is decided anew, and then it is ``SkuTaken``."""
    with transactions.write() as work:
        work.create(_guard(product, variant))
        inventory.open_stock(product.product_id, variant.sku)


def _guard(product: Product, variant: ProductVariant) -> Variant:
    return Variant.at(
        keys.variant(variant.sku),
        sku=variant.sku,
        product_id=product.product_id,
        vendor_id=product.vendor_id,
        title=product.details.title,
        options=variant.options,
        price=variant.price,
        weight_grams=variant.weight_grams,
        is_for_sale=product.status == ProductStatus.ACTIVE and variant.is_active,
    )
