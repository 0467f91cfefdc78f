"""How does a seller ask staff to decide, and think again? One proposal a product, beside the version that is sold."""

from dataclasses import replace

from chalicelib.catalog import rules
from chalicelib.catalog.errors import ProposalNotFound
from chalicelib.catalog.events import ProductApproved, ProductRefused, ProductSubmitted
from chalicelib.catalog.models import Product, Proposal
from chalicelib.catalog.rules import SHOP, Mover, ProductStatus, ProposalStatus, Seller
from chalicelib.catalog.schemas import ProductChange
from chalicelib.catalog.service import changing, describing, wishes
from chalicelib.catalog.service.keeping import KeptProduct, kept_product
from chalicelib.catalog.service.wishes import Wish
from chalicelib.core import audit, clock
from chalicelib.core.errors import demand_version
from chalicelib.core.storage import keys, transactions

# What becomes of the question whether a product may be sold when it goes there without an answer.
_ANSWERED = {ProductStatus.ACTIVE: ProposalStatus.APPROVED}
_TOLD = {ProposalStatus.APPROVED: ProductApproved, ProposalStatus.REFUSED: ProductRefused}


def change_approved(kept: KeptProduct, change: ProductChange, *, by: Seller) -> KeptProduct:
    """Change at once what a vendor may change of an approved product, and propose the rest: 1 transaction.

    What was proposed before and is not contradicted stays proposed; when nothing is left of it, it is withdrawn.
    Raises what a change of staff would raise, so that nothing is proposed which cannot be.
    """
    product, before = kept.product, changing.as_it_is(kept.product)
    at_once, wish = wishes.divided(change, before.details)
    to = change.status or ProductStatus(product.status)
    rules.demand_move(product.status, to, by=by.mover, is_unapproved=False)
    product.details, product.status = describing.changed(before.details, at_once), to
    with transactions.write():
        kept = _proposed(kept, wish, by=by)
        changing.save(product, before)
    return kept


def follow(kept: KeptProduct, *, was: str, by: Seller) -> KeptProduct:
    """Ask staff to decide about a product that has come to be in review, or do so no more when it leaves.

    For the open transaction, before the product is saved.
    """
    status = ProductStatus(kept.product.status)
    if status == was:
        return kept
    if status is ProductStatus.IN_REVIEW:
        return _asked(kept, Wish(), by=by)
    if kept.waiting is None or (was != ProductStatus.IN_REVIEW and status is not ProductStatus.DELETED):
        return kept
    return close(kept, _ANSWERED.get(status, ProposalStatus.WITHDRAWN), by=by.id)


def close(kept: KeptProduct, to: ProposalStatus, *, by: str) -> KeptProduct:
    """Note what became of what waits, in the open transaction; the product is yet to be saved."""
    proposal, product = kept.waiting, kept.product
    if proposal is None:
        return kept
    audit.changed({"proposal": proposal.status}, {"proposal": to})
    if to is ProposalStatus.APPROVED:
        product.refusal_reasons = None
    proposal.status, proposal.decided_by, proposal.decided_at = to, by, clock.as_text(clock.now())
    proposal.decided_version, product.has_proposal = product.version, False
    event = _TOLD.get(to)
    with transactions.write() as work:
        work.save(proposal, event=event and event(product.product_id, product.vendor_id, user_id=proposal.proposed_by))
    return kept


def withdraw(product_id: str, *, seller: Seller = SHOP, if_version: int | None) -> None:
    """Take back what waits for staff; again is done already. A product in review is a draft again.

    Raises ``ProductNotFound``, ``ProposalNotFound`` or ``PreconditionFailed``.
    """
    kept = kept_product(product_id, limited_to=seller.limited_to)
    if is_decided(kept, ProposalStatus.WITHDRAWN, if_version):
        return
    demand_version(if_version, kept.product.version)
    if kept.waiting is None:
        raise ProposalNotFound(product_id=product_id)
    before = changing.as_it_is(kept.product)
    with transactions.write():
        close(kept, ProposalStatus.WITHDRAWN, by=seller.id)
        leave_review(kept.product, ProductStatus.DRAFT, by=seller.mover)
        changing.save(kept.product, before)


def leave_review(product: Product, to: ProductStatus, *, by: Mover) -> None:
    """Give a product another status if it is in review; what waits of any other is no question of its status."""
    if product.status == ProductStatus.IN_REVIEW:
        rules.demand_move(product.status, to, by=by, is_unapproved=bool(product.is_unapproved))
        product.status = to


def is_decided(kept: KeptProduct, as_: ProposalStatus, if_version: int | None) -> bool:
    """Tell whether this is what became of that very version before, so that the same again is done already."""
    proposal = kept.proposal
    return proposal is not None and proposal.status == as_ and proposal.decided_version == if_version


def _proposed(kept: KeptProduct, wish: Wish, *, by: Seller) -> KeptProduct:
    """Add a wish to what waits; what would come to nothing does not wait."""
    details, earlier = kept.product.details, wishes.wish_of(kept.waiting)
    wished = wishes.merged(earlier, wish)
    if wished.says_the_same_as(earlier):
        return kept
    if wishes.granted(details, wished) != details:
        return _asked(kept, wished, by=by)
    return kept if kept.waiting is None else close(kept, ProposalStatus.WITHDRAWN, by=by.id)


def _asked(kept: KeptProduct, wish: Wish, *, by: Seller) -> KeptProduct:
    product = kept.product
    proposal = kept.proposal or Proposal.at(keys.proposal(product.product_id), product_id=product.product_id)
    proposal.vendor_id, proposal.status = product.vendor_id, ProposalStatus.OPEN
    proposal.changes = wish.told
    proposal.options = wish.options
    proposal.proposed_by, proposal.proposed_at = by.id, clock.as_text(clock.now())
    proposal.decided_by = proposal.decided_at = proposal.decided_version = None
    product.has_proposal = True
    event = ProductSubmitted(product.product_id, product.vendor_id, by.id)
    with transactions.write() as work:
        work.save(proposal, event=event)
    audit.changed({}, {"proposal": proposal.status, "proposed": sorted(proposal.changes)})
    return replace(kept, proposal=proposal)
