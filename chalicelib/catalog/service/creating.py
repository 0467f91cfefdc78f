"""How does a product come to be? Product, SKU guards, stock, gallery and event in one transaction."""

from chalicelib.catalog import rules
from chalicelib.catalog.errors import VendorNeeded, VendorUnknown
from chalicelib.catalog.events import ProductCreated
from chalicelib.catalog.models import Product
from chalicelib.catalog.rules import SHOP, ProductStatus, Seller
from chalicelib.catalog.schemas import ProductDraft
from chalicelib.catalog.service import describing, guarding, proposing, slugs, types
from chalicelib.catalog.service.keeping import KeptProduct
from chalicelib.core import audit, ids
from chalicelib.core.storage import keys, transactions
from chalicelib.pictures import service as pictures
from chalicelib.vendors import service as vendors
from chalicelib.vendors.errors import VendorNotFound
from chalicelib.vendors.service import Vendor


def create_product(draft: ProductDraft, *, seller: Seller = SHOP) -> Product:
    """Make a product with its variants, their guards, their stock and an empty gallery.

    A vendor's member makes it for that vendor.

    Raises ``VendorNeeded``, ``VendorUnknown``, ``VendorNotFound`` for another than one's own,
    ``StatusChangeRefused``, and what ``describing`` refuses, or ``SpecsMissing``.
    """
    vendor = _vendor_of(draft, seller)
    product_id = ids.new("prd")
    is_unapproved = rules.stays_unapproved(is_unapproved=False, by=seller.mover, status=ProductStatus.DRAFT)
    rules.demand_move(ProductStatus.DRAFT, draft.status, by=seller.mover, is_unapproved=is_unapproved)
    product = Product.at(
        keys.product(product_id),
        product_id=product_id,
        vendor_id=vendor.vendor_id,
        status=draft.status,
        is_unapproved=is_unapproved,
        details=describing.details_of(draft, vendor),
    )
    types.demand_complete(product, None, was_status=ProductStatus.DRAFT)
    guards = slugs.settle(product)
    with transactions.write() as work:
        proposing.follow(KeptProduct(product), was=ProductStatus.DRAFT, by=seller)
        work.create(product, event=ProductCreated(product_id))
        guarding.open_variants(product)
        slugs.save_slugs(guards)
        pictures.open_gallery(product_id, product.vendor_id)
    told = rules.told_of(product.status, product.details)
    audit.changed({}, {"vendor_id": product.vendor_id, **told})
    return product


def _vendor_of(draft: ProductDraft, seller: Seller) -> Vendor:
    if seller.limited_to is not None and draft.vendor_id not in (None, seller.limited_to):
        raise VendorNotFound(vendor_id=draft.vendor_id)
    vendor_id = draft.vendor_id or seller.limited_to
    if vendor_id is None:
        raise VendorNeeded()
    vendor = vendors.find(vendor_id)
    if vendor is None:
        raise VendorUnknown(vendor_id=vendor_id)
    return vendor
