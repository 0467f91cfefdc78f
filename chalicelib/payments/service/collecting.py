"""How does money come that is paid on delivery? Staff say how much they got, and it must be what is due."""

from chalicelib.core import audit, clock
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.key import rank
from chalicelib.core.storage.table import Slice
from chalicelib.payments import rules, store
from chalicelib.payments.errors import CollectionNotExact, PaymentMethodUnavailable, PaymentNotCollectable
from chalicelib.payments.models import Payment
from chalicelib.payments.rules import PaymentMethod, PaymentStatus


def demand_offered(method: PaymentMethod, amount: Money, *, country: str, city: str) -> None:
    """Demand that an amount may be paid like that there; nothing may be anywhere.

    Raises ``PaymentMethodUnavailable``.
    """
    is_cash = rules.method_for(amount, method) is PaymentMethod.CASH_ON_DELIVERY
    if is_cash and not _takes_cash(amount, country=country, city=city):
        raise PaymentMethodUnavailable(payment_method=method)


def to_be_collected(payment: Payment) -> None:
    """Put a payment among those whose money comes on delivery; the caller stores it."""
    payment.gsi1pk = keys.PAYMENTS_TO_COLLECT
    payment.gsi1sk = rank(clock.as_text(clock.now()), payment.payment_id)


def collect(payment_id: str, amount: Money, *, by: str) -> Payment:
    """Note that the money of an order was paid on delivery, to the last santim.

    Raises ``PaymentNotFound``, ``PaymentNotCollectable`` and ``CollectionNotExact``.
    """
    payment = store.get_payment(payment_id)
    if payment.status != PaymentStatus.TO_COLLECT:
        raise PaymentNotCollectable(payment_status=payment.status)
    if amount != payment.amount:
        raise CollectionNotExact(due=payment.amount.as_wire())
    rules.demand_move(payment.status, PaymentStatus.COLLECTED)
    audit.changed({"status": payment.status}, {"status": PaymentStatus.COLLECTED.value})
    payment.status = PaymentStatus.COLLECTED
    payment.collected_at, payment.collected_by = clock.as_text(clock.now()), by
    payment.gsi1pk = payment.gsi1sk = None
    with transactions.write() as work:
        work.save(payment)
    return payment


def payments_to_collect(*, after: str | None, limit: int) -> Slice[Payment]:
    """Return a page of what is to be paid on delivery, the oldest order first."""
    return store.payments_to_collect(after, limit)


def _takes_cash(amount: Money, *, country: str, city: str) -> bool:
    return rules.takes_cash(
        amount,
        country=country,
        city=city,
        limits=rules.cash_limits(settings.cash_on_delivery_limits),
        places=settings.cash_on_delivery_places,
    )
