"""How does a product change? Product, what its guards repeat, and event in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.catalog import rules
from chalicelib.catalog.events import ProductChanged
from chalicelib.catalog.models import Product
from chalicelib.catalog.rules import ProductDetails
from chalicelib.catalog.service import guarding, slugs, types
from chalicelib.core import audit
from chalicelib.core.storage import transactions


@dataclass(frozen=True)
class Before:
    """What a product was before somebody changed it."""

    status: str
    details: ProductDetails

    @property
    def told(self) -> Mapping[str, object]:
        return rules.told_of(self.status, self.details)


def as_it_is(product: Product) -> Before:
    """Remember what a product is, before it is changed."""
    return Before(product.status, product.details)


def save(product: Product, before: Before) -> None:
    """Write a changed product with what its guards repeat of it, and tell of it.

    Raises ``SpecsMissing`` or ``SlugTaken``.
    """
    types.demand_complete(product, before.details, was_status=before.status)
    guards = slugs.settle(product, before.details.slugs)
    with transactions.write() as work:
        work.save(product, event=ProductChanged(product.product_id))
        guarding.save_variants(product, before.details, are_all_stale=_reshapes_offers(product, before))
        slugs.save_slugs(guards)
    audit.changed(before.told, as_it_is(product).told)


def _reshapes_offers(product: Product, before: Before) -> bool:
    """Tell whether every variant's guard must be written anew, since it repeats what is changed."""
    return _repeated(before.status, before.details) != _repeated(product.status, product.details)


def _repeated(status: str, details: ProductDetails) -> tuple[object, ...]:
    """Return what every guard repeats of its product."""
    brand_id, category_ids = rules.brand_id_of(details), rules.category_ids_of(details)
    return (status, details.title, details.tax_class, brand_id, category_ids)
