"""How is a SKU kept to one product? By an item per SKU, which also holds what is needed to sell it."""

from chalicelib.catalog import rules
from chalicelib.catalog.models import Product, Variant
from chalicelib.catalog.rules import ProductDetails, ProductStatus, ProductVariant
from chalicelib.catalog.service.barcodes import save_barcodes
from chalicelib.core.storage import keys, transactions
from chalicelib.inventory import service as inventory


def open_variants(product: Product) -> None:
    """Guard the SKUs of a new product and begin to count them: 2 or 3 puts each, for the open transaction."""
    for variant in product.details.variants:
        _open(product, variant)
    save_barcodes(product)


def save_variants(product: Product, before: ProductDetails, *, are_all_stale: bool) -> None:
    """Bring the guards up to date, and open those of new SKUs, in the open transaction."""
    known = {variant.sku: variant for variant in before.variants}
    for variant in product.details.variants:
        if variant.sku not in known:
            _open(product, variant)
        elif are_all_stale or variant != known[variant.sku]:
            with transactions.write() as work:
                work.replace(_guard(product, variant), when=Variant.product_id == product.product_id)
    save_barcodes(product, before.variants)


def _open(product: Product, variant: ProductVariant) -> None:
    """Guard a new SKU and begin to count it. Taken meanwhile, all is decided anew, and then it is ``SkuTaken``."""
    with transactions.write() as work:
        work.create(_guard(product, variant))
        inventory.open_stock(product.product_id, variant.sku, vendor_id=product.vendor_id)


def _guard(product: Product, variant: ProductVariant) -> Variant:
    return Variant.at(
        keys.variant(variant.sku),
        sku=variant.sku,
        product_id=product.product_id,
        vendor_id=product.vendor_id,
        title=product.details.title,
        options=variant.options,
        price=variant.price,
        other_prices=variant.other_prices,
        sale=variant.sale,
        tax_class=product.details.tax_class,
        brand_id=rules.brand_id_of(product.details),
        category_ids=rules.category_ids_of(product.details),
        weight_grams=variant.weight_grams,
        is_for_sale=product.status == ProductStatus.ACTIVE and variant.is_active,
    )
