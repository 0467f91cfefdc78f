"""Is a cart still as it was filled? Prices and stock are looked up when it is read, and nothing is written."""

from collections.abc import Mapping, Sequence

from chalicelib.carts import rules, store
from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartStatus, LineChange
from chalicelib.carts.service.filling import get
from chalicelib.catalog import service as catalog
from chalicelib.catalog.rules import Offer
from chalicelib.core.storage.table import Item
from chalicelib.inventory import service as inventory
from chalicelib.pricing import service as pricing


def checked(owner_id: str, cart_id: str) -> tuple[Cart, Sequence[LineChange]]:
    """Read an owner's cart, and what has changed about its goods: 1 GetItem and 1 BatchGetItem per 50 lines.

    Of a cart that is held or over nothing is looked up: its goods are reserved for it, or not its own any more.
    Raises ``CartNotFound``, for somebody else's too.
    """
    cart = get(owner_id, cart_id)
    if cart.status != CartStatus.OPEN or not cart.lines:
        return cart, []
    wanted = [inventory.StockLine(line.product_id, line.sku, line.quantity) for line in cart.lines]
    currency = cart.prepared.currency
    found = store.goods(
        pricing.rates_keys(currency), [catalog.variant_key(line.sku) for line in cart.lines], inventory.keys_of(wanted)
    )
    return cart, changes_in(cart, found, catalog.offers_in(found, currency, rates=pricing.rates_in(found)))


def changes_in(cart: Cart, found: Sequence[Item], offers: Mapping[str, Offer]) -> Sequence[LineChange]:
    """Return what has changed, by today's offers and by the stock that was read."""
    prices = {sku: offer.price for sku, offer in offers.items()}
    return rules.changes(cart.lines, prices=prices, available=inventory.available_in(found))
