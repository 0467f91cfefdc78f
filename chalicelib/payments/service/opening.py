"""How does a shopper get a page to pay on, although any answer of the provider may be lost?"""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.core import clock, ids
from chalicelib.core.money import Money
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.transactions import StaleItem
from chalicelib.payments import rules, store
from chalicelib.payments.chapa import provider
from chalicelib.payments.models import Payment, PaymentAttempt
from chalicelib.payments.provider import LinkRequest, RefusedLink
from chalicelib.payments.rules import AttemptStatus, PaymentMethod, PaymentStatus
from chalicelib.payments.service.attempts import end, schedule_check
from chalicelib.payments.service.returning import landing_of
from chalicelib.payments.service.verifying import verify

_TX_REF_PREFIX = "pay"


class _MadeBefore(Exception):
    """The first attempt is stored already."""


class Opening(StrEnum):
    """What came of asking for a page."""

    OPENED = "opened"  # or paid already
    SETTLED = "settled"  # nobody has to go to a page: cash is agreed, or nothing is due
    REFUSED = "refused"
    CLOSED = "closed"


@dataclass(frozen=True)
class PageRequest:
    """Who pays, and where the page sends the shopper afterwards."""

    email: str
    return_url: str
    name: str = ""
    phone: str = ""


def begin(
    *, payment_id: str, checkout_id: str, owner: str, amount: Money, method: PaymentMethod = PaymentMethod.CHAPA
) -> Payment:
    """Write the payment of a new checkout; joins the transaction that makes the checkout.

    One that needs a page lists its first attempt at once: so it need not be written for that once more.
    """
    method = rules.method_for(amount, method)
    payment = Payment.at(
        keys.payment(payment_id),
        payment_id=payment_id,
        checkout_id=checkout_id,
        owner=owner,
        amount=amount,
        method=method,
        tx_refs=[ids.new(_TX_REF_PREFIX)] if method == PaymentMethod.CHAPA else [],
    )
    with transactions.write() as work:
        work.create(payment)
    return payment


def open_page(payment_id: str, request: PageRequest) -> tuple[Opening, str | None]:
    """Get a payment page and return its address, or agree that none is needed. Safe to repeat after any crash.

    An attempt's reference is stored before the provider hears of it. One whose answer was lost can never
    be used, since the provider tells a page's address only once: it is cancelled, verified, and a new one is made.
    Raises ``ProviderUnavailable`` and ``ProviderMisconfigured``.
    """
    payment = store.get_payment(payment_id)
    match PaymentStatus(payment.status):
        case PaymentStatus.OPENING if payment.method != PaymentMethod.CHAPA:
            return _agreed(payment)
        case PaymentStatus.OPENING:
            attempt = _first_attempt(payment) or _another_attempt(payment)
            return _asked_for(payment, attempt, request)
        case PaymentStatus.AGREED | PaymentStatus.TO_COLLECT | PaymentStatus.COLLECTED:
            return Opening.SETTLED, None
        case PaymentStatus.CLOSED | PaymentStatus.REFUND_DUE:
            _cancel(_lost(payment))
            return Opening.CLOSED, None
        case PaymentStatus.USED if payment.method == PaymentMethod.NOTHING_DUE:
            return Opening.SETTLED, None
        case PaymentStatus.OPEN | PaymentStatus.CAPTURED | PaymentStatus.USED:
            _cancel(_lost(payment))
            return Opening.OPENED, payment.checkout_url


def _agreed(payment: Payment) -> tuple[Opening, None]:
    """Note that no money has to come first. An order makes it due, and closing the payment takes it back."""
    rules.demand_move(payment.status, PaymentStatus.AGREED)
    payment.status = PaymentStatus.AGREED
    with transactions.write() as work:
        work.save(payment)
    return Opening.SETTLED, None


def _give_up_lost(payment: Payment) -> None:
    """Make pages unpayable whose address nobody knows, and ask what became of them.

    They stay under watch until their fate is known. If that, or anybody else, changed the payment meanwhile, there
    is no other page to be made of what was read.

    The payment is saved first, so that whoever still waits for such a page's address cannot hand it out.
    """
    lost = _lost(payment)
    if lost:
        with transactions.write() as work:
            work.save(payment)
    _cancel(lost)
    for attempt in lost:
        verify(attempt.tx_ref)
    if lost:
        _demand_as_read(payment)


def _lost(payment: Payment) -> list[PaymentAttempt]:
    return [
        attempt
        for attempt in store.attempts_of(payment)
        if attempt.status == AttemptStatus.CREATED and attempt.tx_ref != payment.page_tx_ref
    ]


def _cancel(attempts: list[PaymentAttempt]) -> None:
    for attempt in attempts:
        provider().cancel_link(attempt.tx_ref)


def _asked_for(payment: Payment, attempt: PaymentAttempt, request: PageRequest) -> tuple[Opening, str | None]:
    link = provider().open_link(
        LinkRequest(
            attempt.tx_ref,
            payment.amount,
            return_url=landing_of(payment.payment_id),
            email=request.email,
            name=request.name,
            phone=request.phone,
            about={"payment_id": payment.payment_id, "checkout_id": payment.checkout_id},
        )
    )
    if isinstance(link, RefusedLink):
        logger.warning("payment page refused", tx_ref=attempt.tx_ref, reason=link.reason)
        end(attempt, AttemptStatus.REFUSED)
        return Opening.REFUSED, None
    payment.status, payment.checkout_url, payment.page_tx_ref = PaymentStatus.OPEN, link.url, attempt.tx_ref
    payment.return_url = request.return_url
    with transactions.write() as work:
        work.save(payment)
    return Opening.OPENED, link.url


def _first_attempt(payment: Payment) -> PaymentAttempt | None:
    """Store the attempt that a payment lists from its beginning, or return ``None`` when that was done before.

    It is stored first, and then the payment must be as it was. Closing a payment does it the other way round: so
    whichever comes second sees the other, and no page is asked for after all were cancelled.
    """
    if len(payment.tx_refs) != 1:
        return None
    attempt = _attempt(payment, payment.tx_refs[0])
    try:
        with transactions.write() as work:
            work.create(attempt, refusal=_MadeBefore())
    except _MadeBefore:
        return None
    _demand_as_read(payment)
    return attempt


def _another_attempt(payment: Payment) -> PaymentAttempt:
    """Store an attempt, and then that the payment has it: one that no payment lists was never sent to anybody."""
    _give_up_lost(payment)
    attempt = _attempt(payment, ids.new(_TX_REF_PREFIX))
    payment.tx_refs = [*payment.tx_refs, attempt.tx_ref]
    with transactions.write() as work:
        work.create(attempt)
    with transactions.write() as work:
        work.save(payment)
    return attempt


def _attempt(payment: Payment, tx_ref: str) -> PaymentAttempt:
    attempt = PaymentAttempt.at(
        keys.payment_attempt(tx_ref),
        tx_ref=tx_ref,
        payment_id=payment.payment_id,
        amount=payment.amount,
        made_at=clock.as_text(clock.now()),
    )
    schedule_check(attempt, after_seconds=settings.payment_check_seconds)
    return attempt


def _demand_as_read(payment: Payment) -> None:
    if store.get_payment(payment.payment_id).version != payment.version:
        raise StaleItem(f"Payment {payment.key}")
