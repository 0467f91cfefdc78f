"""What do payments look like on the wire?"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.core.money import Money
from chalicelib.core.wire import Draft, PageQuery, View, text
from chalicelib.payments.rules import (
    PaymentMethod,
    PaymentStatus,
    RefundProblem,
    RefundProof,
    RefundReason,
    RefundStatus,
)


class CallbackQuery(BaseModel):
    """What Chapa appends to the callback address; its page says ``tx_ref``, its calls say ``trx_ref``."""

    model_config = ConfigDict(extra="ignore")

    trx_ref: str = Field("", max_length=100)
    tx_ref: str = Field("", max_length=100)

    @property
    def named(self) -> str:
        """Return the reference that it names, by either name."""
        return self.trx_ref or self.tx_ref


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


class RefundFilter(PageQuery):
    """Which refunds are listed."""

    status: RefundStatus = RefundStatus.NEEDS_ATTENTION


class RefundClosure(Draft):
    """How a person has paid the money back, outside the shop."""

    note: Annotated[str, text(500)]


class RefundView(View):
    """Money on its way back. ``problem`` and, in the provider's words, ``detail`` tell why it needs attention.

    The provider knows it by ``asked_as``, and the payment by ``tx_ref`` or by its own ``provider_reference``.
    """

    id: str
    status: RefundStatus
    tx_ref: str
    payment_id: str
    checkout_id: str
    amount: Money
    reason: RefundReason
    attempt: int
    asked_as: str
    provider_reference: str | None
    requested_at: str
    asked_at: str | None
    done_at: str | None
    confirmed_by: RefundProof | None
    problem: RefundProblem | None
    detail: str | None
    note: str | None
    closed_by: str | None
