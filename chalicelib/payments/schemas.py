"""What do payments look like on the wire?"""

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.core.money import Money
from chalicelib.core.wire import Draft, View
from chalicelib.payments.rules import PaymentMethod, PaymentStatus, RefundReason


class CallbackQuery(BaseModel):
    """What Chapa appends to the callback address; its page says ``tx_ref``, its calls say ``trx_ref``."""

    model_config = ConfigDict(extra="ignore")

    trx_ref: str = Field("", max_length=100)
    tx_ref: str = Field("", max_length=100)


class ReceiptView(View):
    """That the hint has arrived."""

    received: bool


class CollectionDraft(Draft):
    """How much was paid on delivery."""

    amount: Money


class PaymentView(View):
    """What a checkout is paid with, as staff see it."""

    id: str
    checkout_id: str
    method: PaymentMethod
    status: PaymentStatus
    amount: Money
    collected_at: str | None


class RefundDueView(View):
    """Captured money that became no order."""

    tx_ref: str
    payment_id: str
    checkout_id: str
    amount: Money
    reason: RefundReason
    provider_reference: str | None
    noticed_at: str
