"""Which operations do payments have?"""

from chalicelib.core.http import FORM_TYPES, Answer, Caller, Elsewhere, Request, Router, paging, public, staff
from chalicelib.core.wire import Page, PageQuery
from chalicelib.payments import service
from chalicelib.payments.errors import (
    CollectionNotExact,
    PaymentNotCollectable,
    PaymentNotFound,
    RefundNeedsNobody,
    RefundNotFound,
    RefundNotRetryable,
    WebhookNotGenuine,
)
from chalicelib.payments.models import Payment, Refund
from chalicelib.payments.rules import (
    PaymentMethod,
    PaymentStatus,
    RefundProblem,
    RefundProof,
    RefundReason,
    RefundStatus,
    asked_as,
)
from chalicelib.payments.schemas import (
    CallbackQuery,
    CollectionDraft,
    PaymentView,
    ReceiptView,
    RefundClosure,
    RefundFilter,
    RefundView,
)

router = Router("payments")

_collector = staff("payments.collect")
_keeper = staff("orders.refund")
_UNDECIDABLE = (RefundNotFound, RefundNeedsNobody)
_NOT_TO_BE_RETRIED = (*_UNDECIDABLE, RefundNotRetryable)


@router.post(
    "/webhooks/chapa",
    access=public,
    status=200,
    consumes=("application/json", *FORM_TYPES),
    raises=(WebhookNotGenuine,),
)
def receive_chapa_webhook(query: CallbackQuery, request: Request) -> ReceiptView:
    """Take a webhook of Chapa's. It must carry a signature over its very body, usually as ``x-chapa-signature``.

    Where the shop is set so, HTTP Basic proves a custom webhook. It is a hint only: whether money came, the verify
    call decides. Chapa repeats what is not answered 200. What brings no proof at all and names a reference in its
    address is the callback, sent by POST: a form, an object of JSON or nothing, of which nothing is read.
    """
    service.receive_post(
        request.body, request.headers, called_back_about=query.named, has_form=request.media_type in FORM_TYPES
    )
    return ReceiptView(received=True)


@router.get("/webhooks/chapa", access=public)
def receive_chapa_callback(query: CallbackQuery) -> ReceiptView:
    """Take the unsigned callback that Chapa sends when a payment ends. It proves nothing; it makes us look."""
    service.receive_callback(query.named)
    return ReceiptView(received=True)


@router.get("/payments_to_collect", access=_collector)
def list_payments_to_collect(query: PageQuery, request: Request) -> Page[PaymentView]:
    """List the orders' payments that are to be made on delivery, the oldest order first."""
    found = service.payments_to_collect(after=paging.start(request), limit=query.limit)
    return paging.page(found, request, _payment_view)


@router.get("/payments/{payment_id}", access=_collector, raises=(PaymentNotFound,))
def read_payment(payment_id: str) -> Answer[PaymentView]:
    """Read how a checkout is paid, and how far that is."""
    payment = service.get_payment(payment_id)
    return Answer(_payment_view(payment), version=payment.version)


@router.get("/payments/{payment_id}/return", access=public, status=303, raises=(PaymentNotFound,))
def return_from_payment(payment_id: str, query: CallbackQuery) -> Elsewhere:
    """Come back from Chapa's page: the shop looks whether the money is there and sends the browser on.

    It goes to the checkout's ``return_url`` if that lies at the storefront or at an allowed origin, otherwise to the
    storefront, with ``checkout_id`` and ``status`` added: ``paid``, ``pending`` or ``closed``. What the address itself
    says, as Chapa may add to it, is not believed.
    """
    return Elsewhere(service.come_back(payment_id))


@router.post(
    "/payments/{payment_id}/collection",
    access=_collector,
    status=200,
    raises=(PaymentNotFound, PaymentNotCollectable, CollectionNotExact),
)
def collect_payment(payment_id: str, body: CollectionDraft, caller: Caller) -> Answer[PaymentView]:
    """Record the money that was paid on delivery. It must be what is due, to the last santim, and it comes once."""
    payment = service.collect(payment_id, body.amount, by=caller.id)
    return Answer(_payment_view(payment), version=payment.version)


@router.get("/refunds", access=_keeper)
def list_refunds(query: RefundFilter, request: Request) -> Page[RefundView]:
    """List the money that goes back, by how far it is, newest first. Unasked: what needs a person's attention."""
    found = service.refunds_in(query.status, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, _view)


@router.get("/refunds/{refund_id}", access=_keeper, raises=(RefundNotFound,))
def read_refund(refund_id: str) -> Answer[RefundView]:
    """Read how far money is on its way back."""
    return _answer(service.get_refund(refund_id))


@router.post("/refunds/{refund_id}/retries", access=_keeper, status=202, raises=_NOT_TO_BE_RETRIED)
def retry_refund(refund_id: str) -> Answer[RefundView]:
    """Ask the provider once more for a refund that needs attention.

    First look at the provider's dashboard: what is there already must not be asked for again.
    """
    return _answer(service.retry_refund(refund_id))


@router.post("/refunds/{refund_id}/closure", access=_keeper, status=200, raises=_UNDECIDABLE)
def close_refund(refund_id: str, body: RefundClosure, caller: Caller) -> Answer[RefundView]:
    """Note that the money of a refund that needs attention has been paid back by hand."""
    return _answer(service.close_refund_by_hand(refund_id, note=body.note, by=caller.id))


def _payment_view(payment: Payment) -> PaymentView:
    return PaymentView(
        id=payment.payment_id,
        checkout_id=payment.checkout_id,
        method=PaymentMethod(payment.method),
        status=PaymentStatus(payment.status),
        amount=payment.amount,
        collected_at=payment.collected_at,
    )


def _answer(refund: Refund) -> Answer[RefundView]:
    return Answer(_view(refund), version=refund.version)


def _view(refund: Refund) -> RefundView:
    return RefundView(
        id=refund.refund_id,
        status=RefundStatus(refund.status),
        tx_ref=refund.tx_ref,
        payment_id=refund.payment_id,
        checkout_id=refund.checkout_id,
        amount=refund.amount,
        reason=RefundReason(refund.reason),
        attempt=refund.attempt,
        asked_as=asked_as(refund.refund_id, refund.reference_number),
        provider_reference=refund.reference,
        requested_at=refund.requested_at,
        asked_at=refund.asked_at,
        done_at=refund.done_at,
        confirmed_by=None if refund.confirmed_by is None else RefundProof(refund.confirmed_by),
        problem=None if refund.problem is None else RefundProblem(refund.problem),
        detail=refund.detail,
        note=refund.note,
        closed_by=refund.closed_by,
    )
