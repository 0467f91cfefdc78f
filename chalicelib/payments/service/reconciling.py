"""Is there money at the provider that the shop does not know of? Its list is compared with our attempts."""

from chalicelib.payments import store
from chalicelib.payments.chapa import provider
from chalicelib.payments.provider import RecordedPage
from chalicelib.payments.rules import PAID


def recorded_at_provider(page: int) -> RecordedPage:
    """Return a page of what the provider has as paid, newest first."""
    return provider().recorded(page)


def is_ours(tx_ref: str) -> bool:
    """Tell whether an attempt has this reference."""
    return bool(tx_ref) and store.find_attempt(tx_ref) is not None


def is_known_as_paid(tx_ref: str) -> bool:
    """Tell whether the money of an attempt has come here, too."""
    attempt = store.find_attempt(tx_ref) if tx_ref else None
    return attempt is not None and attempt.status in PAID
