"""Which operations do payments have?"""

from chalicelib.core.http import Request, Router, paging, public, staff
from chalicelib.core.wire import Page, PageQuery
from chalicelib.payments import service
from chalicelib.payments.errors import WebhookNotGenuine
from chalicelib.payments.models import RefundDue
from chalicelib.payments.rules import RefundReason
from chalicelib.payments.schemas import CallbackQuery, ReceiptView, RefundDueView

router = Router("payments")


@router.post("/webhooks/chapa", access=public, status=200, raises=(WebhookNotGenuine,))
def receive_chapa_webhook(request: Request) -> ReceiptView:
    """Take a webhook of Chapa's. It must carry ``x-chapa-signature`` over its very body.

    It is a hint only: whether money came, the verify call decides. Chapa repeats what is not answered 200.
    """
    service.receive_webhook(request.body, request.headers.get(service.SIGNATURE_HEADER))
    return ReceiptView(received=True)


@router.get("/webhooks/chapa", access=public)
def receive_chapa_callback(query: CallbackQuery) -> ReceiptView:
    """Take the unsigned callback that Chapa sends when a payment ends. It proves nothing; it makes us look."""
    service.receive_callback(query.trx_ref or query.tx_ref)
    return ReceiptView(received=True)


@router.get("/refunds_due", access=staff("orders.refund"))
def list_refunds_due(query: PageQuery, request: Request) -> Page[RefundDueView]:
    """List captured payments that became no order and must go back."""
    found = service.refunds_due(after=paging.start(request), limit=query.limit)
    return paging.page(found, request, _view)


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
