"""How is a count put right that contradicts ledger and reservations? By an operator, if nothing moves meanwhile.

Nothing is adjusted: the ledger is what the count is mended by. The audit trail keeps what was changed.
"""

from chalicelib.core import audit
from chalicelib.core.storage import transactions
from chalicelib.core.storage.attributes import Condition
from chalicelib.inventory.models import Stock


def mend(stock: Stock, *, on_hand: int, available: int) -> None:
    """Write what the counts of a SKU must be, provided that nothing has moved since ``stock`` was read.

    1 transaction with its audit note. Raises ``StaleItem`` if something has moved.
    """
    never_moved: Condition = Stock.changes.does_not_exist()
    unmoved = Stock.changes == stock.changes if stock.changes else never_moved | (Stock.changes == 0)
    unchanged = (Stock.on_hand == stock.on_hand) & (Stock.available == stock.available) & unmoved
    changes = {"on_hand": (stock.on_hand, on_hand), "available": (stock.available, available)}
    with transactions.write() as work:
        counted = [Stock.on_hand.set(on_hand), Stock.available.set(available), Stock.changes.add(1)]
        work.update(stock, counted, when=unchanged)
        audit.record("mend_stock", subject=stock.product_id, parts=[stock.sku], changes=changes)
