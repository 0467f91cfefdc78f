"""What do sellers do with products? Staff as they like, a vendor's members within what their vendor sells."""

from chalicelib.catalog import rules
from chalicelib.catalog.errors import ProductDeleted
from chalicelib.catalog.models import Product
from chalicelib.catalog.rules import SHOP, ProductStatus, Seller
from chalicelib.catalog.schemas import ProductChange
from chalicelib.catalog.service import changing, describing, proposing
from chalicelib.catalog.service.keeping import KeptProduct, kept_product
from chalicelib.core.errors import demand_version
from chalicelib.core.storage import transactions
from chalicelib.pictures import service as pictures


def change_product(
    product_id: str, change: ProductChange, *, seller: Seller = SHOP, if_version: int | None
) -> KeptProduct:
    """Change what is told of a product, its status or its variants.

    Variants that ``change`` leaves out go off sale; their SKUs and stock stay. What a vendor wants to tell otherwise
    of an approved product is proposed to staff, and the rest acts at once. Raises ``ProductNotFound``,
    ``PreconditionFailed``, ``ProductDeleted``, ``StatusChangeRefused``, and what ``describing`` refuses.
    """
    kept = _as_read(product_id, seller, if_version)
    if kept.product.status == ProductStatus.DELETED:
        raise ProductDeleted(product_id=product_id)
    if seller.limited_to is not None and kept.product.status in rules.APPROVED:
        return proposing.change_approved(kept, change, by=seller)
    return _changed(kept, change, by=seller)


def delete_product(product_id: str, *, seller: Seller = SHOP, if_version: int | None) -> KeptProduct:
    """Sell a product never again; again is done already. Old orders keep it, its SKUs stay taken, its pictures go.

    Raises ``ProductNotFound`` or ``PreconditionFailed``.
    """
    kept = _as_read(product_id, seller, if_version)
    if kept.product.status == ProductStatus.DELETED:
        return kept
    before = changing.as_it_is(kept.product)
    with transactions.write():
        _move(kept.product, ProductStatus.DELETED, by=seller)
        kept = proposing.follow(kept, was=before.status, by=seller)
        pictures.close_gallery(product_id)
        changing.save(kept.product, before)
    return kept


def _as_read(product_id: str, seller: Seller, if_version: int | None) -> KeptProduct:
    kept = kept_product(product_id, limited_to=seller.limited_to)
    demand_version(if_version, kept.product.version)
    return kept


def _changed(kept: KeptProduct, change: ProductChange, *, by: Seller) -> KeptProduct:
    product = kept.product
    before = changing.as_it_is(product)
    _move(product, change.status or ProductStatus(product.status), by=by)
    product.details = describing.changed(before.details, change)
    with transactions.write():
        kept = proposing.follow(kept, was=before.status, by=by)
        changing.save(product, before)
    return kept


def _move(product: Product, to: ProductStatus, *, by: Seller) -> None:
    rules.demand_move(product.status, to, by=by.mover, is_unapproved=bool(product.is_unapproved))
    product.is_unapproved = rules.stays_unapproved(
        is_unapproved=bool(product.is_unapproved), by=by.mover, status=product.status
    )
    product.status = to
