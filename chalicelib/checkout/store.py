"""How are checkouts found?"""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.checkout.errors import CheckoutNotFound
from chalicelib.checkout.models import Checkout, FrozenQuote
from chalicelib.core import clock
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find, find_many, index_until


def find_checkout(owner: str, checkout_id: str) -> Checkout | None:
    """Return an owner's checkout as it is now, or ``None`` when it is forgotten or not theirs."""
    return find(Checkout, keys.checkout(owner, checkout_id))


def get_checkout(owner: str, checkout_id: str) -> Checkout:
    """Return an owner's checkout as it is now."""
    checkout = find_checkout(owner, checkout_id)
    if checkout is None:
        raise CheckoutNotFound()
    return checkout


def checkout_with_quote(owner: str, checkout_id: str) -> tuple[Checkout, FrozenQuote | None]:
    """Return an owner's checkout, and what it froze while that is kept."""
    found = find_many([keys.checkout(owner, checkout_id), keys.checkout_quote(owner, checkout_id)])
    checkout = next((item for item in found if isinstance(item, Checkout)), None)
    if checkout is None:
        raise CheckoutNotFound()
    return checkout, next((item for item in found if isinstance(item, FrozenQuote)), None)


def find_quote(owner: str, checkout_id: str) -> FrozenQuote | None:
    """Return what a checkout sells, or ``None`` when that is forgotten."""
    return find(FrozenQuote, keys.checkout_quote(owner, checkout_id))


def get_quote(owner: str, checkout_id: str) -> FrozenQuote:
    """Return what a checkout sells."""
    quote = find_quote(owner, checkout_id)
    if quote is None:
        raise CheckoutNotFound()
    return quote


def checkouts_due(now: datetime, limit: int) -> Iterator[Checkout]:
    """Return unfinished checkouts that somebody must look at by now, the longest waiting first."""
    return index_until(Checkout, "gsi1", keys.CHECKOUTS_DUE, until=clock.as_text(now), page=limit)
