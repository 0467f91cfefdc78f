"""What does a seller see of a product? All of it, beside what waits for staff; of another vendor's, nothing."""

from dataclasses import dataclass

from chalicelib.catalog import store
from chalicelib.catalog.errors import ProductNotFound, ProposalNotFound
from chalicelib.catalog.models import Product, Proposal
from chalicelib.catalog.rules import ProposalStatus


@dataclass(frozen=True)
class KeptProduct:
    """A product as its sellers keep it, and what of it they asked staff to decide about last."""

    product: Product
    proposal: Proposal | None = None

    @property
    def waiting(self) -> Proposal | None:
        """Return what staff have to decide about."""
        is_open = self.proposal is not None and self.proposal.status == ProposalStatus.OPEN
        return self.proposal if is_open else None


def kept_product(product_id: str, *, limited_to: str | None = None) -> KeptProduct:
    """Return a product, shown or not: 1 BatchGetItem. Raises ``ProductNotFound``, for another vendor's too."""
    product, proposal = store.product_and_proposal(product_id)
    if product is None or limited_to not in (None, product.vendor_id):
        raise ProductNotFound(product_id=product_id)
    return KeptProduct(product, proposal)


def read_proposal(product_id: str, *, limited_to: str | None = None) -> tuple[Product, Proposal]:
    """Return what waits for staff or was refused last. Raises ``ProductNotFound`` or ``ProposalNotFound``."""
    kept = kept_product(product_id, limited_to=limited_to)
    if kept.proposal is None or kept.proposal.status not in (ProposalStatus.OPEN, ProposalStatus.REFUSED):
        raise ProposalNotFound(product_id=product_id)
    return kept.product, kept.proposal
