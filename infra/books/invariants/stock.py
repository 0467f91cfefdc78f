"""Does every unit of stock have its place: on hand, held, sold, and in the ledger?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.catalog.models import Product
from chalicelib.core import ids
from chalicelib.core.storage import keys
from chalicelib.core.storage.key import Key
from chalicelib.inventory.models import Movement, Reservation, Stock, StockWatch
from chalicelib.inventory.rules import MovementKind, ReservationStatus, StockLine, level
from chalicelib.orders import service as orders
from infra.books.ledger import Books, Troubles, owner_of


@dataclass(frozen=True)
class Counts:
    """What must be counted of a SKU, by its ledger and its reservations."""

    on_hand: int
    held: int
    unbooked: int

    @property
    def available(self) -> int:
        return self.on_hand - self.held - self.unbooked


def on_hand_is_the_ledger(books: Books) -> Troubles:
    """What lies in the shop is the sum of all that ever moved."""
    moved = _moved(books)
    for stock in books.all(Stock):
        if stock.on_hand != moved[stock.key]:
            yield stock.key, f"{stock.on_hand} on hand, the ledger says {moved[stock.key]}"
    for key, units in moved.items():
        if books.find(Stock, key) is None:
            yield key, f"the ledger says {units}, but nobody counts it"


def available_is_what_nobody_holds(books: Books) -> Troubles:
    """What may be sold is what lies there, less what is held and what is sold but not yet booked."""
    held, unbooked = _held(books), _unbooked(books)
    for stock in books.all(Stock):
        right = stock.on_hand - held[stock.key] - unbooked[stock.key]
        if stock.available != right:
            sums = f"{stock.on_hand} on hand - {held[stock.key]} held - {unbooked[stock.key]} not yet booked"
            yield stock.key, f"{stock.available} available, but {sums} = {right}"
    for key, units in (held + unbooked).items():
        if books.find(Stock, key) is None:
            yield key, f"{units} held or sold, but nobody counts it"


def right_counts(books: Books) -> dict[Key, Counts]:
    """Return what must be counted of each SKU that is counted otherwise, or not at all."""
    moved, held, unbooked = _moved(books), _held(books), _unbooked(books)
    right: dict[Key, Counts] = {}
    for key in {stock.key for stock in books.all(Stock)} | moved.keys() | held.keys() | unbooked.keys():
        counts, stock = Counts(moved[key], held[key], unbooked[key]), books.find(Stock, key)
        if stock is None or (stock.on_hand, stock.available) != (counts.on_hand, counts.available):
            right[key] = counts
    return dict(sorted(right.items()))


def levels_follow_the_stock(books: Books) -> Troubles:
    """How far a SKU is said to have fallen is what lies there and its threshold, or the shop's own, make of it."""
    for watch in books.all(StockWatch):
        stock = books.find(Stock, keys.stock(watch.product_id, watch.sku))
        if stock is None:
            yield watch.key, f"{watch.level}, but nobody counts it"
            continue
        low_at = books.low_at if watch.low_at is None else watch.low_at
        right = level(stock.on_hand, low_at=low_at)
        if watch.level != right:
            yield watch.key, f"{watch.level}, but {stock.on_hand} on hand, low at {low_at}, are {right}"


def stock_is_its_products_vendors(books: Books) -> Troubles:
    """The vendor who may move units, and who is told of them, is the one who sells the product."""
    kept: list[Stock | StockWatch] = [*books.all(Stock), *books.all(StockWatch)]
    for each in kept:
        product = books.find(Product, keys.product(each.product_id))
        if product is not None and product.vendor_id != each.vendor_id:
            yield each.key, f"is kept by {each.vendor_id}, and sold by {product.vendor_id}"


def no_count_is_negative(books: Books) -> Troubles:
    """There is never less than nothing."""
    for stock in books.all(Stock):
        if stock.available < 0 or stock.on_hand < 0:
            yield stock.key, f"{stock.available} available, {stock.on_hand} on hand"


def sales_were_reserved(books: Books) -> Troubles:
    """A sale in the ledger is a line of a spent reservation, with as many units."""
    sold = {key: line for reservation in _spent(books) for key, line in sales_of(reservation)}
    for movement in books.all(Movement):
        line = sold.get(movement.key)
        if line is None and movement.cause == MovementKind.SALE:
            yield movement.key, f"sold {-movement.quantity} of {movement.sku}, which no spent reservation holds"
        elif line is not None and (movement.sku, movement.quantity) != (line.sku, -line.quantity):
            yield (
                movement.key,
                f"moved {movement.quantity} of {movement.sku}, but sold were {line.quantity} of {line.sku}",
            )


def sales_of(reservation: Reservation) -> Iterator[tuple[Key, StockLine]]:
    """Give the ledger key of each line of a spent reservation; the order's id names the row."""
    checkout_id, _ = owner_of(reservation)
    name = ids.sibling(orders.order_id_for(checkout_id), "mov")
    for number, line in enumerate(reservation.lines, start=1):
        yield keys.movement(line.product_id, f"{name}-{number}"), line


def _moved(books: Books) -> Counter[Key]:
    units: Counter[Key] = Counter()
    for movement in books.all(Movement):
        units[keys.stock(movement.product_id, movement.sku)] += movement.quantity
    return units


def _held(books: Books) -> Counter[Key]:
    units: Counter[Key] = Counter()
    for reservation in books.all(Reservation):
        if reservation.status == ReservationStatus.HELD:
            for line in reservation.lines:
                units[keys.stock(line.product_id, line.sku)] += line.quantity
    return units


def _unbooked(books: Books) -> Counter[Key]:
    units: Counter[Key] = Counter()
    for reservation in _spent(books):
        for key, line in sales_of(reservation):
            if books.find(Movement, key) is None:
                units[keys.stock(line.product_id, line.sku)] += line.quantity
    return units


def _spent(books: Books) -> list[Reservation]:
    return [each for each in books.all(Reservation) if each.status == ReservationStatus.SPENT]
