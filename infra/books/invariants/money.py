"""Is all money accounted for: asked exactly, captured once, used for one order, or on its way back?"""

from datetime import timedelta

from chalicelib.checkout.models import Checkout, FrozenQuote
from chalicelib.checkout.rules import ENDED, CheckoutStatus
from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys
from chalicelib.orders.models import Order
from chalicelib.payments.models import Payment, PaymentAttempt
from chalicelib.payments.rules import ORDERED, PAID, AttemptStatus, PaymentMethod, PaymentStatus
from chalicelib.pricing.rules import Quote
from infra.books.ledger import Books, Troubles, amount_of

_CAPTURED = frozenset({PaymentStatus.CAPTURED, PaymentStatus.USED, PaymentStatus.REFUND_DUE})
_NOTHING_LEFT = ORDERED | {PaymentStatus.CLOSED, PaymentStatus.REFUND_DUE}
_ON_DELIVERY = frozenset({PaymentStatus.TO_COLLECT, PaymentStatus.COLLECTED})


def payments_ask_for_the_total(books: Books) -> Troubles:
    """Frozen quote, checkout, payment and order speak of the same amount; the order sells what was frozen.

    The frozen quote of a checkout that became an order is forgotten in time; the order keeps it.
    """
    for checkout in books.all(Checkout):
        asked, frozen = checkout.totals.total, _frozen(books, checkout)
        if frozen is None and _is_long_completed(books, checkout):
            frozen = next((order.quote for order in books.orders.get(checkout.checkout_id, [])), None)
        promised = frozen.total if frozen else None
        payment = books.payments.get(checkout.payment_id)
        if promised != asked:
            yield checkout.key, f"asks {amount_of(asked)}, its frozen quote {amount_of(promised)}"
        if payment is None or (payment.checkout_id, payment.owner) != (checkout.checkout_id, checkout.owner):
            yield checkout.key, f"has no payment {checkout.payment_id} of its own"
        elif payment.amount != asked:
            yield checkout.key, f"asks {amount_of(asked)}, its payment {amount_of(payment.amount)}"
        for order in books.orders.get(checkout.checkout_id, []):
            if order.quote != frozen:
                yield (
                    order.key,
                    f"sold for {amount_of(order.quote.total)}, frozen for {amount_of(promised)}, or other lines",
                )


def used_payments_became_orders(books: Books) -> Troubles:
    """A used payment has its order, and an order its used payment."""
    for payment in books.all(Payment):
        paid = [order.payment_id for order in books.orders.get(payment.checkout_id, [])]
        if payment.status in ORDERED and payment.payment_id not in paid:
            yield payment.key, f"{payment.status}, but no order of {payment.checkout_id} names it"
    for order in books.all(Order):
        by = books.payments.get(order.payment_id)
        if by is None or (by.checkout_id, by.owner) != (order.checkout_id, order.owner):
            yield order.key, f"paid by {order.payment_id}, which is not its own"
        elif by.status not in ORDERED:
            yield order.key, f"paid by {order.payment_id}, which is {by.status}"


def captured_attempts_paid(books: Books) -> Troubles:
    """A payment that has money names the one attempt that brought all of it, and only that attempt is captured."""
    for payment in books.all(Payment):
        tx_ref = payment.captured_tx_ref
        has_money = payment.status in _CAPTURED and payment.method == PaymentMethod.CHAPA
        if has_money != (tx_ref is not None):
            yield payment.key, f"{payment.status}, captured by {tx_ref}"
        elif tx_ref is not None:
            attempt = books.find(PaymentAttempt, keys.payment_attempt(tx_ref))
            if attempt is None or attempt.status != AttemptStatus.CAPTURED:
                yield payment.key, f"captured by {tx_ref}, which is {attempt.status if attempt else 'not there'}"
            elif attempt.paid != (came := _came(payment)):
                yield attempt.key, f"brought {amount_of(attempt.paid)}, its payment says {amount_of(came)}"
    for attempt in books.all(PaymentAttempt):
        paid = books.payments.get(attempt.payment_id)
        if attempt.status == AttemptStatus.CAPTURED and paid and paid.captured_tx_ref not in (None, attempt.tx_ref):
            yield attempt.key, f"captured, but {attempt.payment_id} was paid by {paid.captured_tx_ref}"
        elif attempt.status == AttemptStatus.CAPTURED and paid and paid.status not in _CAPTURED:
            yield attempt.key, f"captured, but {attempt.payment_id} is {paid.status}"


def payments_keep_to_their_method(books: Books) -> Troubles:
    """What is paid on delivery, and what need not be paid, goes its own way, without a provider."""
    for payment in books.all(Payment):
        is_cash = payment.method == PaymentMethod.CASH_ON_DELIVERY
        if (payment.method == PaymentMethod.NOTHING_DUE) != (payment.amount.minor == 0):
            yield payment.key, f"{amount_of(payment.amount)}, and paid by {payment.method}"
        elif payment.method != PaymentMethod.CHAPA and payment.tx_refs:
            yield payment.key, f"paid by {payment.method}, and has the attempts {', '.join(payment.tx_refs)}"
        elif (payment.status in _ON_DELIVERY and not is_cash) or (payment.status == PaymentStatus.USED and is_cash):
            yield payment.key, f"{payment.status}, and paid by {payment.method}"
        elif payment.status == PaymentStatus.AGREED and payment.method == PaymentMethod.CHAPA:
            yield payment.key, "agreed, and paid by chapa"


def cash_is_collected_once(books: Books) -> Troubles:
    """Staff find all that is to be paid on delivery and nothing else, and what has come says when and from whom."""
    for payment in books.all(Payment):
        is_due, is_listed = payment.status == PaymentStatus.TO_COLLECT, payment.gsi1pk is not None
        if is_due != is_listed:
            yield payment.key, f"{payment.status}, and {'listed' if is_listed else 'not listed'} to be collected"
        is_here = payment.status == PaymentStatus.COLLECTED
        if not is_here == (payment.collected_at is not None) == (payment.collected_by is not None):
            yield payment.key, f"{payment.status}, collected by {payment.collected_by} at {payment.collected_at}"


def attempts_belong_to_payments(books: Books) -> Troubles:
    """Every reference sent out is listed by its payment, and asks for its amount.

    One that is not listed was never sent, so nobody can have paid it. The first is listed before there is a page.
    """
    for payment in books.all(Payment):
        for tx_ref in payment.tx_refs:
            if not _is_yet_to_be_made(payment) and books.find(PaymentAttempt, keys.payment_attempt(tx_ref)) is None:
                yield payment.key, f"lists {tx_ref}, which is not there"
        if payment.page_tx_ref is not None and payment.page_tx_ref not in payment.tx_refs:
            yield payment.key, f"shows the page of {payment.page_tx_ref}, which it does not list"
    for attempt in books.all(PaymentAttempt):
        of = books.payments.get(attempt.payment_id)
        if of is None or (attempt.tx_ref not in of.tx_refs and attempt.status in PAID):
            yield attempt.key, f"{attempt.status}, but is not listed by {attempt.payment_id}"
        elif attempt.amount != of.amount:
            yield attempt.key, f"asks {amount_of(attempt.amount)}, its payment {amount_of(of.amount)}"


def no_money_is_left_over(books: Books) -> Troubles:
    """When a checkout has ended without an order, its payment takes no more money and keeps none."""
    for payment in books.all(Payment):
        checkout = books.checkouts.get(payment.checkout_id)
        if (checkout is None or checkout.status in ENDED) and payment.status not in _NOTHING_LEFT:
            fate = checkout.status if checkout else "forgotten"
            yield payment.key, f"{amount_of(payment.amount)} {payment.status}, but {payment.checkout_id} is {fate}"


def _is_yet_to_be_made(payment: Payment) -> bool:
    """Tell whether the payment may be without its first attempt, since nothing was asked for so far."""
    return len(payment.tx_refs) == 1 and payment.page_tx_ref is None and payment.captured_tx_ref is None


def _came(payment: Payment) -> Money:
    return payment.amount if payment.excess is None else payment.amount + payment.excess


def _is_long_completed(books: Books, checkout: Checkout) -> bool:
    kept_until = clock.from_text(checkout.pay_by) + timedelta(seconds=settings.checkout_kept_seconds)
    return checkout.status == CheckoutStatus.COMPLETED and kept_until < books.now


def _frozen(books: Books, checkout: Checkout) -> Quote | None:
    frozen = books.find(FrozenQuote, keys.checkout_quote(checkout.owner, checkout.checkout_id))
    return frozen.quote if frozen else None
