"""How do units come and go? Each movement is a row of the ledger, written together with the units it moves.

That is one transaction and no read: the stock row itself refuses what it does not have, or what is somebody else's.
"""

from collections.abc import Iterable, Sequence

from chalicelib.core import audit, clock, ids
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.attributes import Action, Condition
from chalicelib.inventory.errors import StockBelowZero, StockUnknown
from chalicelib.inventory.events import StockMoved
from chalicelib.inventory.models import Movement, Stock
from chalicelib.inventory.rules import AdjustmentReason, MovementKind, StockLine
from chalicelib.inventory.service.stock import is_within

_LEDGER = "ledger"


class _Booked(Exception):
    """The ledger row is there."""


def receive(product_id: str, sku: str, quantity: int, *, note: str, by: str) -> Movement:
    """Add delivered units."""
    return move(product_id, sku, quantity, kind=MovementKind.RECEIPT, note=note, by=by)


def move(
    product_id: str,
    sku: str,
    quantity: int,
    *,
    kind: MovementKind,
    by: str,
    note: str = "",
    reason: AdjustmentReason | None = None,
    order_id: str | None = None,
    limited_to: str | None = None,
) -> Movement:
    """Add units, or take away ones that nobody holds: 1 transaction. Announces ``stock.moved``.

    Raises ``StockUnknown``, for a SKU of another vendor too, or ``StockBelowZero``.
    """
    movement = _movement(StockLine(product_id, sku, quantity), ids.new("mov"), kind=kind, by=by)
    movement.note, movement.reason, movement.order_id = note, reason, order_id

    def refusal(found: Stock | None) -> Exception:
        if found is None or not is_within(limited_to, found):
            return StockUnknown(product_id=product_id, sku=sku)
        return StockBelowZero(sku=sku, quantity=quantity)

    is_enough: Condition = Stock.available >= max(0, -quantity)
    is_own = is_enough if limited_to is None else is_enough & (Stock.vendor_id == limited_to)
    with transactions.write() as work:
        work.create(movement, event=_moved(movement))
        work.update(_stock_of(movement), [*_on_hand(quantity), *_available(quantity)], when=is_own, refusal=refusal)
    audit.changed({}, _told(movement))
    return movement


def take_back(return_id: str, lines: Sequence[StockLine], *, order_id: str, by: str, note: str = "") -> None:
    """Add units that came back from an order: 1 transaction per line. Raises ``StockUnknown``.

    Repeating it books only what is missing, since a row's id is derived from that of the return.
    """
    # Marked, since a return may be named after its order, whose sale is booked under the same body.
    for line, movement_id in _numbered(return_id, lines, mark="r"):
        row = _movement(line, movement_id, kind=MovementKind.RETURN, by=by)
        row.note, row.order_id = note, order_id
        unknown = StockUnknown(product_id=line.product_id, sku=line.sku)
        changed = [*_on_hand(line.quantity), *_available(line.quantity)]
        _book(row, changed, when=Stock.pk.exists(), refusal=unknown)


def book_sold(order_id: str, lines: Sequence[StockLine]) -> None:
    """Take units off hand that a reservation took out of what is available before: 1 transaction per line.

    Repeating it books only what is missing, since a row's id is derived from the order's.
    """
    for line, movement_id in _numbered(order_id, lines):
        sold = StockLine(line.product_id, line.sku, -line.quantity)
        row = _movement(sold, movement_id, kind=MovementKind.SALE, by=_LEDGER)
        row.order_id = order_id
        _book(row, _on_hand(sold.quantity), when=Stock.on_hand >= line.quantity)


def _numbered(of: str, lines: Iterable[StockLine], *, mark: str = "") -> Iterable[tuple[StockLine, str]]:
    return ((line, f"{ids.sibling(of, 'mov')}-{mark}{number}") for number, line in enumerate(lines, start=1))


def _book(row: Movement, changed: list[Action], *, when: Condition, refusal: Exception | None = None) -> None:
    try:
        with transactions.write() as work:
            work.create(row, event=_moved(row), refusal=_Booked())
            work.update(_stock_of(row), changed, when=when, refusal=refusal)
    except _Booked:
        return


def _movement(line: StockLine, movement_id: str, *, kind: MovementKind, by: str) -> Movement:
    return Movement.at(
        keys.movement(line.product_id, movement_id),
        movement_id=movement_id,
        product_id=line.product_id,
        sku=line.sku,
        cause=kind,
        quantity=line.quantity,
        note="",
        moved_at=clock.as_text(clock.now()),
        moved_by=by,
    )


def _moved(row: Movement) -> StockMoved:
    return StockMoved(row.movement_id, row.product_id, row.sku, row.quantity)


def _stock_of(row: Movement) -> Stock:
    return Stock.at(keys.stock(row.product_id, row.sku), product_id=row.product_id, sku=row.sku)


def _on_hand(quantity: int) -> list[Action]:
    return [Stock.on_hand.set(Stock.on_hand + quantity), Stock.changes.add(1)]


def _available(quantity: int) -> list[Action]:
    return [Stock.available.set(Stock.available + quantity)]


def _told(row: Movement) -> dict[str, str | int | None]:
    """Return what the audit trail is told of a movement."""
    told = {"kind": row.cause, "reason": row.reason, "order_id": row.order_id, "note": row.note}
    return {"sku": row.sku, "quantity": row.quantity, **told, "movement_id": row.movement_id}
