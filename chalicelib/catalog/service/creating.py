"""How does a product come to be? Product, SKU guards, stock, gallery and event in one transaction."""

from chalicelib.catalog import rules
from chalicelib.catalog.errors import VendorUnknown
from chalicelib.catalog.events import ProductCreated
from chalicelib.catalog.models import Product
from chalicelib.catalog.schemas import ProductDraft
from chalicelib.catalog.service import describing, guarding
from chalicelib.core import audit, ids
from chalicelib.core.storage import keys, transactions
from chalicelib.pictures import service as pictures
from chalicelib.vendors import service as vendors


def create_product(draft: ProductDraft) -> Product:
    """Make a product with its variants, their guards, their stock and an empty gallery.

    Raises ``VendorUnknown``, ``CategoryUnknown`` or ``SkuTaken``.
    """
    vendor = vendors.find(draft.vendor_id)
    if vendor is None:
        raise VendorUnknown(vendor_id=draft.vendor_id)
    product_id = ids.new("prd")
    product = Product.at(
        keys.product(product_id),
        product_id=product_id,
        vendor_id=draft.vendor_id,
        status=draft.status,
        details=describing.details_of(draft, vendor),
    )
    with transactions.write() as work:
        work.create(product, event=ProductCreated(product_id))
        guarding.open_variants(product)
        pictures.open_gallery(product_id, product.vendor_id)
    told = rules.told_of(product.status, product.details)
    audit.changed({}, {"vendor_id": product.vendor_id, **told})
    return product
