"""Is there money at the provider that the shop does not know of? Its list is compared with our attempts."""

from chalicelib.payments import store
from chalicelib.payments.chapa import provider
from chalicelib.payments.provider import RecordedPage


def recorded_at_provider(page: int) -> RecordedPage:
    """Return a page of what the provider has as paid, newest first."""
    return provider().recorded(page)


def known_status(tx_ref: str) -> str | None:
    """Return how far the attempt with this reference is, or ``None`` when it is none of ours."""
    attempt = store.find_attempt(tx_ref) if tx_ref else None
    return None if attempt is None else attempt.status
