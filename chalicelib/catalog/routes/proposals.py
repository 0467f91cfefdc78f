"""Which operations are there for what sellers propose, and for the answer of staff?"""

from chalicelib.catalog import service as catalog
from chalicelib.catalog import views
from chalicelib.catalog.errors import (
    TOLD_WRONGLY,
    CurrenciesDiffer,
    NothingToDecide,
    ProductNotFound,
    ProposalNotFound,
)
from chalicelib.catalog.routes.router import router
from chalicelib.catalog.rules import Seller
from chalicelib.catalog.schemas import ApprovalDraft, ProposalView, RefusalDraft, StaffProductView
from chalicelib.core.http import Answer, Caller, IfMatch, Request, seller, staff

_approver = staff("catalog.approve").fresh


@router.get(
    "/products/{product_id}/proposal",
    access=seller("catalog.manage"),
    raises=(ProductNotFound, ProposalNotFound),
)
def read_product_proposal(product_id: str, caller: Caller) -> Answer[ProposalView]:
    """Read what of a product waits for staff, or what they refused last. The tag is that of the product."""
    product, proposal = catalog.read_proposal(product_id, limited_to=caller.limited_to)
    return Answer(views.proposal_view(product, proposal), version=product.version)


@router.delete(
    "/products/{product_id}/proposal",
    access=seller("catalog.manage"),
    if_match=IfMatch.REQUIRED,
    raises=(ProductNotFound, ProposalNotFound),
)
def withdraw_product_proposal(product_id: str, caller: Caller, request: Request) -> None:
    """Take back what waits for staff, by the product's tag. A product in review is a draft again."""
    by = Seller(caller.id, caller.limited_to)
    catalog.withdraw(product_id, seller=by, if_version=request.if_version)


@router.get("/products/{product_id}/approval", access=_approver, raises=(ProductNotFound,))
def read_product_to_approve(product_id: str) -> Answer[StaffProductView]:
    """Read a product with what waits, as those who decide about it do."""
    kept = catalog.kept_product(product_id)
    return Answer(views.staff_product_view(kept), version=kept.product.version)


@router.post(
    "/products/{product_id}/approval",
    access=_approver,
    if_match=IfMatch.REQUIRED,
    raises=(ProductNotFound, NothingToDecide, CurrenciesDiffer, *TOLD_WRONGLY),
)
def approve_product(
    product_id: str, body: ApprovalDraft, *, caller: Caller, request: Request
) -> Answer[StaffProductView]:
    """Let a product in review be sold, or let what is proposed act on the product as it is now, and show its pictures.

    By the product's tag, so that what was seen is what is approved. What cannot act any more is refused with the
    reason, and goes on waiting.
    """
    seen = {"if_version": request.if_version, "if_gallery_version": body.gallery_version}
    kept = catalog.approve(product_id, by=caller.id, **seen)
    return Answer(views.staff_product_view(kept), version=kept.product.version)


@router.post(
    "/products/{product_id}/refusal",
    access=_approver,
    if_match=IfMatch.REQUIRED,
    raises=(ProductNotFound, NothingToDecide),
)
def refuse_product(
    product_id: str, body: RefusalDraft, *, caller: Caller, request: Request
) -> Answer[StaffProductView]:
    """Refuse what waits, with reasons that its seller reads. A product in review is a draft again."""
    kept = catalog.refuse(product_id, reasons=body.reasons, by=caller.id, if_version=request.if_version)
    return Answer(views.staff_product_view(kept), version=kept.product.version)
