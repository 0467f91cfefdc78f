"""What of the books can be mended from ledger, reservations and holds? `python -m infra.books repair` does it.

Counts come first, then sales that nobody booked, then how far a SKU has fallen. A Scan is no snapshot, so what looks
wrong in a first reading is read anew, and then the whole table once more: the count is written if nothing has moved
since, and then the reservations and the ledger of that SKU are what they were.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from chalicelib.core import audit, clock
from chalicelib.core.errors import Busy
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, find
from chalicelib.core.storage.transactions import StaleItem, WriteContended
from chalicelib.inventory import service as inventory
from chalicelib.inventory.models import Movement, Reservation, Stock, StockWatch
from chalicelib.inventory.rules import ReservationStatus
from chalicelib.orders import service as orders
from chalicelib.promotions import service as promotions
from chalicelib.promotions.models import Coupon, CustomerUses, PromotionUses
from infra.books.checking import books_of
from infra.books.invariants import promotions as coupons
from infra.books.invariants import stock as stocks
from infra.books.invariants.stock import Counts
from infra.books.ledger import Books, owner_of
from infra.books.reading import Row
from infra.commands.target import operator

Read = Callable[[], list[Row]]
MOVED = "something has moved meanwhile; run it again"


@dataclass(frozen=True)
class Mending:
    """One thing that is wrong: what mending it does, or why it is ``left``."""

    key: Key
    message: str
    left: str = ""

    def __str__(self) -> str:
        return f"{self.key.pk} {self.key.sk}: {self.message}{f', left as it is: {self.left}' if self.left else ''}"


def repair(read: Read, *, is_dry: bool) -> Iterator[Mending]:
    """Mend what can be mended, and tell of each thing after it is done; a dry run writes nothing.

    Bears being stopped at any point, and being run again.
    """
    with audit.acting(operator()):
        yield from _counts(read, is_dry=is_dry)
        yield from _sales(read, is_dry=is_dry)
        yield from _levels(read, is_dry=is_dry)
        yield from _uses(read, is_dry=is_dry)


def _counts(read: Read, *, is_dry: bool) -> Iterator[Mending]:
    books = _books(read)
    wrong = stocks.right_counts(books)
    if not wrong:
        return
    as_read = {key: books.find(Stock, key) if is_dry else find(Stock, key) for key in wrong}
    right = wrong if is_dry else stocks.right_counts(_books(read))
    for key, counts in right.items():
        if key in wrong:
            yield _counted(key, as_read[key], counts, is_dry=is_dry)


def _counted(key: Key, stock: Stock | None, counts: Counts, *, is_dry: bool) -> Mending:
    if stock is None:
        return Mending(key, f"the ledger says {counts.on_hand}", left="nobody counts it")
    message = f"on_hand {stock.on_hand} -> {counts.on_hand}, available {stock.available} -> {counts.available}"
    if counts.on_hand < 0 or counts.available < 0:
        return Mending(key, message, left="less than nothing; count the goods")
    if is_dry:
        return Mending(key, message)
    try:
        inventory.mend(stock, on_hand=counts.on_hand, available=counts.available)
    except (StaleItem, WriteContended):
        return Mending(key, message, left=MOVED)
    return Mending(key, message)


def _sales(read: Read, *, is_dry: bool) -> Iterator[Mending]:
    books = _books(read)
    for reservation in books.all(Reservation):
        missing = [key for key, _ in stocks.sales_of(reservation) if books.find(Movement, key) is None]
        if reservation.status == ReservationStatus.SPENT and missing:
            yield _booked(books, reservation, rows=len(missing), is_dry=is_dry)


def _booked(books: Books, reservation: Reservation, *, rows: int, is_dry: bool) -> Mending:
    checkout_id, attempt = owner_of(reservation)
    message = f"{rows} of {len(reservation.lines)} lines sold and not booked"
    if checkout_id not in books.orders:
        return Mending(reservation.key, message, left="nothing was ordered")
    if is_dry:
        return Mending(reservation.key, message)
    order_id = orders.order_id_for(checkout_id)
    try:
        transactions.settled(lambda: inventory.book_sale(f"{checkout_id}-{attempt}", order_id))
    except Busy:
        return Mending(reservation.key, message, left="fewer are on hand than were sold")
    audit.record("book_sale", subject=order_id, changes={"lines": (None, rows)})
    return Mending(reservation.key, message)


def _levels(read: Read, *, is_dry: bool) -> Iterator[Mending]:
    books = _books(read)
    for key, message in stocks.levels_follow_the_stock(books):
        watch = books.find(StockWatch, key)
        stock = watch and books.find(Stock, keys.stock(watch.product_id, watch.sku))
        if stock is None:
            yield Mending(key, message, left="nobody counts it")
            continue
        if not is_dry:
            transactions.settled(partial(inventory.judge, stock.product_id, stock.sku, moved=0))
        yield Mending(key, message)


def _uses(read: Read, *, is_dry: bool) -> Iterator[Mending]:
    books = _books(read)
    wrong = coupons.wrongly_counted(books)
    if not wrong:
        return
    as_read = {key: books.find(Item, key) if is_dry else find(Item, key) for key in wrong}
    right = wrong if is_dry else coupons.wrongly_counted(_books(read))
    for key, taken in right.items():
        if key in wrong:
            yield _recounted(key, as_read[key], taken, is_dry=is_dry)


def _recounted(key: Key, counter: Item | None, taken: int, *, is_dry: bool) -> Mending:
    message = f"purchases took {taken}"
    if not isinstance(counter, PromotionUses | Coupon | CustomerUses):
        return Mending(key, message, left="nobody counts it")
    if not isinstance(counter, CustomerUses) and taken > (counter.limit or 0):
        return Mending(key, message, left="more than the limit; raise it")
    try:
        if not is_dry:
            promotions.mend(counter, taken=taken)
    except (StaleItem, WriteContended):
        return Mending(key, message, left=MOVED)
    return Mending(key, message)


def _books(read: Read) -> Books:
    return books_of(read(), clock.now())
