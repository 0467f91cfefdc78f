"""What do payments look like on the wire?"""

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.core.money import Money
from chalicelib.core.wire import View
from chalicelib.payments.rules import RefundReason


class CallbackQuery(BaseModel):
    """What Chapa appends to the callback address; its page says ``tx_ref``, its calls say ``trx_ref``."""

    model_config = ConfigDict(extra="ignore")

    trx_ref: str = Field("", max_length=100)
    tx_ref: str = Field("", max_length=100)


class ReceiptView(View):
    """That the hint has arrived."""

    received: bool


class RefundDueView(View):
    """Captured money that became no order."""

    tx_ref: str
    payment_id: str
    checkout_id: str
    amount: Money
    reason: RefundReason
    provider_reference: str | None
    noticed_at: str
