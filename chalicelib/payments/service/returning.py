"""Where does a shopper go who comes back from the payment page? To the shop's pages, once the provider was asked."""

from datetime import timedelta
from functools import partial

from chalicelib.core import clock
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions
from chalicelib.payments import rules, store
from chalicelib.payments.models import Payment, PaymentAttempt
from chalicelib.payments.provider import ProviderMisconfigured, ProviderUnavailable
from chalicelib.payments.rules import SETTLED, PaymentStatus
from chalicelib.payments.service.verifying import notice_money

_UNKNOWN_SO_FAR = (PaymentStatus.OPEN, PaymentStatus.CLOSED)


def landing_of(payment_id: str) -> str:
    """Return the address that a payment page sends the shopper back to, so that the shop hears of it first."""
    return f"{settings.public_base_url}/payments/{payment_id}/return"


def come_back(payment_id: str) -> str:
    """Look whether the money is there, and return where the shopper goes on: a page of the shop's, and no other.

    A provider that does not answer keeps nobody waiting: webhooks and the schedule find the money as well.
    Raises ``PaymentNotFound``.
    """
    payment = transactions.settled(partial(_looked_at, payment_id))
    own = (*settings.allowed_origins, settings.storefront_url)
    address = payment.return_url if rules.is_at(payment.return_url, own) else settings.storefront_url
    return rules.with_query(
        str(address), checkout_id=payment.checkout_id, status=rules.told_on_return(payment.status).value
    )


def _looked_at(payment_id: str) -> Payment:
    payment = store.get_payment(payment_id)
    if payment.status not in _UNKNOWN_SO_FAR or payment.page_tx_ref is None:
        return payment
    attempt = store.find_attempt(payment.page_tx_ref)
    if attempt is None or attempt.status in SETTLED or not _is_time(attempt):
        return payment
    attempt.looked_at = clock.as_text(clock.now())
    with transactions.write() as work:
        work.save(attempt)
    try:
        notice_money(payment, attempt)
    except (ProviderUnavailable, ProviderMisconfigured) as failure:
        logger.warning("shopper came back, provider silent", payment=payment_id, reason=str(failure))
    return payment


def _is_time(attempt: PaymentAttempt) -> bool:
    """Tell whether nobody has looked just now: however often a page is loaded, the provider is asked now and then."""
    pause = timedelta(seconds=settings.return_check_seconds)
    return attempt.looked_at is None or clock.now() >= clock.from_text(attempt.looked_at) + pause
