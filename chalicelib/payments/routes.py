"""Which operations do payments have?"""

from chalicelib.core.http import Answer, Caller, Elsewhere, Request, Router, paging, public, staff
from chalicelib.core.wire import Page, PageQuery
from chalicelib.payments import service
from chalicelib.payments.errors import (
    CollectionNotExact,
    PaymentNotCollectable,
    PaymentNotFound,
    WebhookNotGenuine,
)
from chalicelib.payments.models import Payment, RefundDue
from chalicelib.payments.rules import PaymentMethod, PaymentStatus, RefundReason
from chalicelib.payments.schemas import CallbackQuery, CollectionDraft, PaymentView, ReceiptView, RefundDueView

router = Router("payments")

_collector = staff("payments.collect")


@router.post("/webhooks/chapa", access=public, status=200, raises=(WebhookNotGenuine,))
def receive_chapa_webhook(request: Request) -> ReceiptView:
    """Take a webhook of Chapa's. It must carry a signature over its very body, usually as ``x-chapa-signature``.

    It is a hint only: whether money came, the verify call decides. Chapa repeats what is not answered 200.
    """
    service.receive_webhook(request.body, request.headers)
    return ReceiptView(received=True)


@router.get("/webhooks/chapa", access=public)
def receive_chapa_callback(query: CallbackQuery) -> ReceiptView:
    """Take the unsigned callback that Chapa sends when a payment ends. It proves nothing; it makes us look."""
    service.receive_callback(query.trx_ref or query.tx_ref)
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


@router.get("/refunds_due", access=staff("orders.refund"))
def list_refunds_due(query: PageQuery, request: Request) -> Page[RefundDueView]:
    """List captured payments that became no order and must go back."""
    found = service.refunds_due(after=paging.start(request), limit=query.limit)
    return paging.page(found, request, _view)


def _payment_view(payment: Payment) -> PaymentView:
    return PaymentView(
        id=payment.payment_id,
        checkout_id=payment.checkout_id,
        method=PaymentMethod(payment.method),
        status=PaymentStatus(payment.status),
        amount=payment.amount,
        collected_at=payment.collected_at,
    )


def _view(due: RefundDue) -> RefundDueView:
    return RefundDueView(
        tx_ref=due.tx_ref,
        payment_id=due.payment_id,
        checkout_id=due.checkout_id,
        amount=due.amount,
        reason=RefundReason(due.reason),
        provider_reference=due.reference,
        noticed_at=due.noticed_at,
    )
