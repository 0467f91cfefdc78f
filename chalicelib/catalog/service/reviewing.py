"""How do staff decide about products and changes of them? Each is decided once, as it was seen."""

from collections.abc import Sequence

from chalicelib.catalog.errors import NothingToDecide
from chalicelib.catalog.rules import Mover, ProductStatus, ProposalStatus
from chalicelib.catalog.schemas import ProductChange
from chalicelib.catalog.service import changing, proposing, wishes
from chalicelib.catalog.service.keeping import KeptProduct, kept_product
from chalicelib.catalog.service.wishes import Wish
from chalicelib.core import audit
from chalicelib.core.errors import demand_version
from chalicelib.core.storage import transactions
from chalicelib.pictures import service as pictures


def approve(product_id: str, *, by: str, if_version: int | None, if_gallery_version: int | None = None) -> KeptProduct:
    """Let a product that is in review be sold, or a proposed change act on the product of now: 1 transaction.

    Pictures that are ready by then are shown from now on, and may be all that waits. Announces ``product.approved``
    when more did. The same again is done already. Raises ``ProductNotFound``, ``PreconditionFailed`` when product or
    gallery is not what was seen, ``NothingToDecide``, and what a change of staff would raise: then nothing has
    happened, and what waits is still there.
    """
    kept = kept_product(product_id)
    if proposing.is_decided(kept, ProposalStatus.APPROVED, if_version):
        return kept
    demand_version(if_version, kept.product.version)
    if kept.waiting is None:
        _demand_pictures_that_wait(kept)
        pictures.approve_all(product_id, if_version=if_gallery_version)
        return kept
    product, before = kept.product, changing.as_it_is(kept.product)
    product.details = wishes.granted(before.details, _wish_in(kept))
    with transactions.write():
        proposing.close(kept, ProposalStatus.APPROVED, by=by)
        proposing.leave_review(product, ProductStatus.ACTIVE, by=Mover.APPROVER)
        product.is_unapproved = False
        pictures.approve_all(product_id, if_version=if_gallery_version)
        changing.save(product, before)
    return kept


def refuse(product_id: str, *, reasons: Sequence[str], by: str, if_version: int | None) -> KeptProduct:
    """Turn down what waits, with reasons that stay on the product until staff approve.

    A product in review is a draft again.

    Announces ``product.refused``. The same again is done already. Raises ``ProductNotFound``,
    ``PreconditionFailed`` or ``NothingToDecide``.
    """
    kept = kept_product(product_id)
    product = kept.product
    if proposing.is_decided(kept, ProposalStatus.REFUSED, if_version) and product.refusal_reasons == list(reasons):
        return kept
    demand_version(if_version, product.version)
    if kept.waiting is None:
        raise NothingToDecide(product_status=product.status)
    before = changing.as_it_is(product)
    audit.changed({"refusal_reasons": product.refusal_reasons}, {"refusal_reasons": list(reasons)})
    product.refusal_reasons = list(reasons)
    with transactions.write():
        proposing.close(kept, ProposalStatus.REFUSED, by=by)
        proposing.leave_review(product, ProductStatus.DRAFT, by=Mover.APPROVER)
        changing.save(product, before)
    return kept


def _demand_pictures_that_wait(kept: KeptProduct) -> None:
    """Refuse where not even a picture waits; a deleted product has none."""
    product = kept.product
    is_gone = product.status == ProductStatus.DELETED
    if is_gone or not pictures.awaits_approval([pictures.gallery_of(product.product_id, limited_to=None)]):
        raise NothingToDecide(product_status=product.status)


def _wish_in(kept: KeptProduct) -> Wish:
    """Return what is granted; a product that is in review is held against the shelves of now."""
    if kept.product.status != ProductStatus.IN_REVIEW:
        return wishes.wish_of(kept.waiting)
    return Wish(ProductChange(category_ids=[category.id for category in kept.product.details.categories]))
