"""How does a product change? Product, what its guards repeat, and event in one transaction."""

from chalicelib.catalog import rules
from chalicelib.catalog.events import ProductChanged
from chalicelib.catalog.models import Product
from chalicelib.catalog.schemas import ProductChange
from chalicelib.catalog.service import describing, guarding
from chalicelib.catalog.service.reading import product_for_staff
from chalicelib.core import audit
from chalicelib.core.errors import PreconditionFailed
from chalicelib.core.storage import transactions


def change_product(product_id: str, change: ProductChange, *, if_version: int | None) -> Product:
    """Change what is told of a product, its status or its variants.

    Variants that ``change`` leaves out go off sale; their SKUs and stock stay. Raises ``ProductNotFound``,
    ``PreconditionFailed``, ``SkuTaken``, ``CategoryUnknown`` or ``TooManyVariants``.
    """
    product = product_for_staff(product_id)
    if if_version is not None and product.version != if_version:
        raise PreconditionFailed()
    before, was_status = product.details, product.status
    product.details, product.status = describing.changed(before, change), change.status or was_status
    with transactions.write() as work:
        work.save(product, event=ProductChanged(product_id))
        guarding.save_variants(product, before, are_all_stale=_reshapes_offers(change))
    audit.changed(rules.told_of(was_status, before), rules.told_of(product.status, product.details))
    return product


def _reshapes_offers(change: ProductChange) -> bool:
    """Tell whether every variant's guard must be written anew, since it repeats what is changed."""
    return any(given is not None for given in (change.title, change.status, change.tax_class))
