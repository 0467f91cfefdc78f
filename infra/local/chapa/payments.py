"""What may happen to a payment, and what follows from it?"""

import secrets
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from pydantic import JsonValue

from infra.local.chapa import webhooks
from infra.local.chapa.records import TRIES_PER_LINK, Closed, Refund, Status, Transaction
from infra.local.chapa.state import Memory
from infra.local.remembering import now


class LinkClosedError(Exception):
    def __init__(self, reason: Closed) -> None:
        super().__init__(reason)
        self.reason = reason


class RefundRefusedError(Exception):
    def __init__(self, message: JsonValue) -> None:
        super().__init__(message)
        self.message = message


def pay(memory: Memory, transaction: Transaction, *, method: str, wallet: str | None, force: bool = False) -> None:
    """Take the money; `force` does so on a closed link too, which makes it a late payment."""
    if not (force and not transaction.was_captured):
        _require_open(transaction)
    _count_try(transaction, method, wallet)
    transaction.status, transaction.closed = Status.SUCCESS, Closed.PAID
    transaction.charge = _percent(transaction.amount, memory.settings.fee_percent)
    webhooks.announce(memory, transaction, webhooks.SUCCESS)
    webhooks.call_back(memory, transaction, "success")


def decline(memory: Memory, transaction: Transaction, *, method: str, wallet: str | None) -> None:
    """Refuse this try; the customer may try again while the link has tries left."""
    _require_open(transaction)
    _count_try(transaction, method, wallet)
    transaction.status = Status.FAILED
    webhooks.announce(memory, transaction, webhooks.FAILED)
    if transaction.tries >= TRIES_PER_LINK:
        transaction.closed = Closed.TRIES_USED_UP
        webhooks.call_back(memory, transaction, "failed")


def leave(memory: Memory, transaction: Transaction) -> None:
    """The customer cancels on the page: the link is over."""
    _require_open(transaction)
    transaction.status, transaction.closed = Status.FAILED, Closed.CANCELLED_BY_CUSTOMER
    transaction.updated_at = now()
    webhooks.announce(memory, transaction, webhooks.FAILED)
    webhooks.call_back(memory, transaction, "failed")


def cancel_link(transaction: Transaction) -> None:
    """The merchant cancels an unpaid link, once."""
    _require_open(transaction)
    transaction.closed, transaction.updated_at = Closed.CANCELLED_BY_MERCHANT, now()


def reverse(memory: Memory, transaction: Transaction) -> None:
    transaction.status, transaction.updated_at = Status.REVERSED, now()
    webhooks.announce(memory, transaction, webhooks.REVERSED)


def ask_refund(
    memory: Memory,
    transaction: Transaction,
    *,
    amount: Decimal | None,
    reason: str | None,
    reference: str | None,
    meta: dict[str, JsonValue] | None,
) -> Refund:
    """Note a refund; it is complete `refund_seconds` later, and only then announced."""
    if not transaction.was_captured:
        raise RefundRefusedError("Transaction is not paid, it cannot be refunded")
    wanted = transaction.amount if amount is None else amount
    if wanted <= 0 or wanted > transaction.amount - transaction.refunded:
        raise RefundRefusedError("Refund amount is greater than the refundable amount")
    if wanted > balance(memory, transaction.currency):
        raise RefundRefusedError("Insufficient Balance")
    if reference and any(
        refund.merchant_reference == reference for other in memory.transactions.values() for refund in other.refunds
    ):
        raise RefundRefusedError({"reference": ["validation.unique"]})
    refund = Refund(
        id=secrets.token_hex(8),
        amount=wanted,
        reason=reason,
        merchant_reference=reference,
        meta=meta,
        created_at=now(),
        complete_at=now() + timedelta(seconds=memory.settings.refund_seconds),
    )
    transaction.refunds.append(refund)
    return refund


def due_refunds(transaction: Transaction, until: datetime) -> list[Refund]:
    return [refund for refund in transaction.refunds if not refund.is_complete and refund.complete_at <= until]


def complete_refunds(memory: Memory, transaction: Transaction, until: datetime) -> None:
    """Complete and announce what is due; the payment is `refunded` when nothing of it is left."""
    for refund in due_refunds(transaction, until):
        refund.is_complete, transaction.updated_at = True, now()
        if sum(r.amount for r in transaction.refunds if r.is_complete) == transaction.amount:
            transaction.status = Status.REFUNDED
        webhooks.announce(memory, transaction, webhooks.REFUNDED, refund=refund)


def balance(memory: Memory, currency: str) -> Decimal:
    """What the merchant has at Chapa: what came in less the fees, which no refund gives back."""
    captured = [t for t in memory.transactions.values() if t.currency == currency and t.was_captured]
    earned = sum((t.amount - t.charge for t in captured if t.status is not Status.REVERSED), Decimal(0))
    returned = sum((t.refunded for t in captured), Decimal(0))
    return memory.settings.opening_balance + earned - returned


def _require_open(transaction: Transaction) -> None:
    if reason := transaction.closed_because(now()):
        raise LinkClosedError(reason)


def _count_try(transaction: Transaction, method: str, wallet: str | None) -> None:
    transaction.tries += 1
    transaction.method, transaction.wallet, transaction.updated_at = method, wallet, now()


def _percent(amount: Decimal, percent: Decimal) -> Decimal:
    return (amount * percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
