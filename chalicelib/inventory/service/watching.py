"""How far may a SKU fall before somebody is told? What lies in the shop is judged after each movement.

Held units may come back, so they count as there. Whoever judges reads stock and watch, and writes a changed level
under two conditions: the watch has not been written meanwhile, and as many units lie there as were judged. So a
level that is written is right, each crossing is announced by one write, and who judges again finds nothing to do.
"""

from dataclasses import dataclass

from chalicelib.core import audit
from chalicelib.core.errors import demand_version
from chalicelib.core.events.event import Event
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.inventory import rules, store
from chalicelib.inventory.errors import StockUnknown
from chalicelib.inventory.events import StockLow, StockOut
from chalicelib.inventory.models import Stock, StockWatch
from chalicelib.inventory.rules import StockLevel
from chalicelib.inventory.service.stock import is_within


@dataclass(frozen=True)
class WatchedStock:
    """Units of one SKU, and at how many it counts as low. ``version`` counts the changes of its watch."""

    stock: Stock
    low_at: int
    is_own_threshold: bool
    level: StockLevel
    version: int


def watched_stock(product_id: str, sku: str, *, limited_to: str | None = None) -> WatchedStock:
    """Return the stock of a SKU with its threshold: 1 read. Raises ``StockUnknown``, for another vendor's too."""
    stock, watch = store.stock_with_watch(product_id, sku)
    return _shown(_known(stock, sku, limited_to), watch or _new_watch(product_id, sku))


def set_low_at(
    product_id: str, sku: str, low_at: int | None, *, if_version: int | None, limited_to: str | None = None
) -> WatchedStock:
    """Set at how many units a SKU counts as low; ``None`` is the shop's own threshold. That alone announces nothing.

    Raises ``StockUnknown``, for another vendor's too, or ``PreconditionFailed`` for another version.
    """
    found, watch = store.stock_with_watch(product_id, sku)
    stock = _known(found, sku, limited_to)
    watch = watch or _new_watch(product_id, sku)
    demand_version(if_version, watch.version)
    # A movement may not have been judged yet: it was made under the threshold of before.
    fallen_to = rules.level(stock.on_hand, low_at=_low_at(watch))
    event = _news(stock, StockLevel(watch.level), fallen_to) if watch.version else None
    audit.changed({"low_at": watch.low_at}, {"low_at": low_at})
    watch.low_at, watch.vendor_id = low_at, stock.vendor_id
    watch.level = rules.level(stock.on_hand, low_at=_low_at(watch))
    _keep(watch, stock, event=event)
    return _shown(stock, watch)


def judge(product_id: str, sku: str, *, moved: int) -> None:
    """Look how far a SKU has fallen after so many units moved, and announce ``stock.low`` or ``stock.out``, once.

    1 read, and 1 transaction when its level is another than before. Who looks for the first time takes for granted
    that nothing else moved meanwhile.
    """
    stock, watch = store.stock_with_watch(product_id, sku)
    if stock is None:
        raise StockUnknown(product_id=product_id, sku=sku)
    watch = watch or _new_watch(product_id, sku)
    low_at, is_new = _low_at(watch), not watch.version
    now = rules.level(stock.on_hand, low_at=low_at)
    before = rules.level(stock.on_hand - moved, low_at=low_at) if is_new else StockLevel(watch.level)
    if now is before and not is_new:
        return
    watch.level, watch.vendor_id = now, stock.vendor_id
    _keep(watch, stock, event=_news(stock, before, now))


def _keep(watch: StockWatch, stock: Stock, *, event: Event | None) -> None:
    with transactions.write() as work:
        work.check(stock, when=Stock.on_hand == stock.on_hand)
        work.save(watch, event=event)


def _news(stock: Stock, before: StockLevel, now: StockLevel) -> Event | None:
    if not rules.has_fallen(before, now):
        return None
    vendor_id = stock.vendor_id or ""
    if now is StockLevel.OUT:
        return StockOut(stock.sku, stock.product_id, vendor_id)
    return StockLow(stock.sku, stock.product_id, vendor_id, stock.on_hand)


def _known(stock: Stock | None, sku: str, limited_to: str | None) -> Stock:
    if stock is None or not is_within(limited_to, stock):
        raise StockUnknown(sku=sku)
    return stock


def _new_watch(product_id: str, sku: str) -> StockWatch:
    return StockWatch.at(keys.stock_watch(product_id, sku), product_id=product_id, sku=sku)


def _low_at(watch: StockWatch) -> int:
    return settings.low_stock_units if watch.low_at is None else watch.low_at


def _shown(stock: Stock, watch: StockWatch) -> WatchedStock:
    low_at = _low_at(watch)
    level = rules.level(stock.on_hand, low_at=low_at)
    return WatchedStock(stock, low_at, watch.low_at is not None, level, watch.version)
