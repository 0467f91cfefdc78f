"""What do stock's property tests play with? Some SKUs of one product, purchases, and news that comes when it likes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count, pairwise
from typing import Any

from pynamodb.exceptions import PynamoDBException

from chalicelib.core import clock
from chalicelib.core.storage import keys
from chalicelib.core.storage.transactions import settled
from chalicelib.inventory import service as inventory
from chalicelib.inventory import store
from chalicelib.inventory.errors import (
    OutOfStock,
    ReservationExists,
    ReservationNotHeld,
    ReservationReleased,
    ReservationSpent,
    StockBelowZero,
)
from chalicelib.inventory.models import Movement, Reservation
from chalicelib.inventory.rules import MovementKind, ReservationStatus, StockLevel, has_fallen
from chalicelib.inventory.service import StockLine
from chalicelib.orders import service as orders
from infra.books.checking import books_of
from infra.books.invariants import stock as stocks
from infra.books.reading import rows_of
from tests.support.account import TABLE, Account
from tests.support.faults import failing

AT_ANY_TIME = (
    stocks.on_hand_is_the_ledger,
    stocks.available_is_what_nobody_holds,
    stocks.no_count_is_negative,
    stocks.sales_were_reserved,
)
SKUS = ("COFFEE-250", "COFFEE-500")
# What a step may be told without anything being wrong.
REFUSALS = (OutOfStock, StockBelowZero, ReservationExists, ReservationNotHeld, ReservationReleased, ReservationSpent)

_numbers = count(1)


@dataclass(frozen=True)
class Crash:
    """Whoever carries out a step dies at one of its writes: before it has taken effect, or just after."""

    at_write: int
    is_carried_out: bool


@dataclass
class Goods:
    """One product's stock. Its ids are new, so that many of them can share an account."""

    aws: Account
    number: int = field(default_factory=lambda: next(_numbers))
    checkouts: list[str] = field(default_factory=list)
    returns: list[str] = field(default_factory=list)
    levels: dict[str, list[StockLevel]] = field(default_factory=lambda: {sku: [] for sku in SKUS})
    told: dict[str, list[str]] = field(default_factory=lambda: {sku: [] for sku in SKUS})

    def __post_init__(self) -> None:
        for sku in SKUS:
            inventory.open_stock(self.product_id, sku, vendor_id="ven_GEDEO")
            inventory.judge(self.product_id, sku, moved=0)
            self._note_level(sku)

    @property
    def product_id(self) -> str:
        return f"prd_{self.number:05d}"

    def line(self, sku: str, quantity: int) -> StockLine:
        return StockLine(self.product_id, sku, quantity)

    def move(self, sku: str, quantity: int, crash: Crash | None = None) -> None:
        kind = MovementKind.RECEIPT if quantity > 0 else MovementKind.ADJUSTMENT
        self._tried(lambda: inventory.move(self.product_id, sku, quantity, kind=kind, by="usr_KEEPER"), crash)

    def reserve(self, *lines: tuple[str, int], crash: Crash | None = None) -> None:
        checkout_id = f"chk_{self.number:05d}X{len(self.checkouts)}"
        self.checkouts.append(checkout_id)
        wanted = [self.line(*each) for each in lines]
        self._tried(lambda: inventory.reserve(f"{checkout_id}-1", wanted), crash)

    def release(self, which: int, crash: Crash | None = None) -> None:
        self._of_one(self.checkouts, which, lambda each: inventory.release(f"{each}-1"), crash)

    def buy(self, which: int, crash: Crash | None = None) -> None:
        self._of_one(self.checkouts, which, lambda each: inventory.spend(f"{each}-1"), crash)

    def book(self, which: int, crash: Crash | None = None) -> None:
        """Let the news of an order arrive, if it was placed; the first time or once more."""
        self._of_one(self.sold(), which, self._book, crash)

    def take_back(self, which: int, quantity: int, crash: Crash | None = None) -> None:
        """Say that some of an order came back; with a return that is known, that is said again."""
        sold = self.sold()
        if not sold:
            return
        returns = [*self.returns, f"ret_{self.number:05d}X{len(self.returns)}"]
        return_id, order_id = returns[which % len(returns)], orders.order_id_for(sold[which % len(sold)])
        self.returns = sorted({*self.returns, return_id})
        lines = [self.line(sku, quantity) for sku in SKUS]
        self._tried(lambda: inventory.take_back(return_id, lines, order_id=order_id, by="usr_KEEPER"), crash)

    def judge(self, which: int, crash: Crash | None = None) -> None:
        """Let the news of a movement arrive, the first time or once more."""
        self._of_one(self._moved(), which, self._judge, crash)

    def everything_arrives(self) -> None:
        for checkout_id in self.sold():
            settled(partial(self._book, checkout_id))
        for movement in reversed(self._moved()):
            settled(partial(self._judge, movement))

    def unbooked(self) -> list[str]:
        """Return what was sold and is not in the ledger."""
        books = books_of(rows_of(self._stored()), clock.now())
        return [
            f"{key}"
            for each in books.all(Reservation)
            if each.status == ReservationStatus.SPENT
            for key, _ in stocks.sales_of(each)
            if books.find(Movement, key) is None
        ]

    def count_wrongly(self, sku: str, what: str) -> None:
        """Add a unit that nobody brought."""
        stock, _ = store.stock_with_watch(self.product_id, sku)
        assert stock is not None
        self.aws.cloud.client("dynamodb").update_item(
            TableName=TABLE,
            Key={"pk": {"S": stock.pk}, "sk": {"S": stock.sk}},
            UpdateExpression=f"ADD {what} :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )

    def sold(self) -> list[str]:
        found = {each: store.find_reservation(f"{each}-1") for each in self.checkouts}
        return [each for each, held in found.items() if held is not None and held.status == ReservationStatus.SPENT]

    def troubles(self, *invariants: Callable[..., Any]) -> list[str]:
        """Return what is wrong with these SKUs by some of the invariants of the shop's books."""
        books = books_of(rows_of(self._stored()), clock.now())
        return [f"{invariant.__name__}: {trouble}" for invariant in invariants for trouble in invariant(books)]

    def wrongly_told(self) -> list[str]:
        """Return the SKUs whose falls were not announced once each."""
        return [sku for sku in SKUS if len(self.told[sku]) != _falls(self.levels[sku])]

    def _of_one(self, of: list[Any], which: int, step: Callable[[Any], None], crash: Crash | None) -> None:
        if of:
            self._tried(lambda: step(of[which % len(of)]), crash)

    def _tried(self, step: Callable[[], object], crash: Crash | None) -> None:
        """Take a step, and die at it; what has died is not taken up again by itself."""
        with suppress(*REFUSALS, PynamoDBException), _dying(self.aws, crash):
            settled(step)

    def _book(self, checkout_id: str) -> None:
        inventory.book_sale(f"{checkout_id}-1", orders.order_id_for(checkout_id))

    def _judge(self, movement: Movement) -> None:
        try:
            inventory.judge(movement.product_id, movement.sku, moved=movement.quantity)
        finally:
            self._note_level(movement.sku)

    def _note_level(self, sku: str) -> None:
        _, watch = store.stock_with_watch(self.product_id, sku)
        if watch is None:
            return
        self.levels[sku].append(StockLevel(watch.level))
        if watch.event is not None and watch.event["id"] not in self.told[sku]:
            self.told[sku].append(watch.event["id"])

    def _moved(self) -> list[Movement]:
        found = rows_of(self._under(keys.movements(self.product_id)))
        return [row.item for row in found if isinstance(row.item, Movement)]

    def _stored(self) -> Iterator[dict[str, Any]]:
        places = (keys.product_parts(self.product_id), keys.movements(self.product_id))
        for place in (*places, keys.stock_watch(self.product_id, "").pk):
            yield from self._under(place)
        for checkout_id in self.checkouts:
            yield from self._under(keys.reservation(f"{checkout_id}-1").pk)

    def _under(self, pk: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.aws.cloud.client("dynamodb").query(
            TableName=TABLE,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ConsistentRead=True,
        )["Items"]
        return found


def _falls(levels: list[StockLevel]) -> int:
    """Count how often a level was crossed downwards."""
    return sum(has_fallen(before, now) for before, now in pairwise(levels))


@contextmanager
def _dying(aws: Account, crash: Crash | None) -> Iterator[None]:
    if crash is None:
        yield
        return
    written, single = ("TransactWriteItems", "UpdateItem")
    told: dict[str, Any] = {"is_carried_out": crash.is_carried_out, "after": crash.at_write}
    with (
        failing(aws.dynamodb, written, "ValidationException", **told),
        failing(aws.dynamodb, single, "ValidationException", **told),
    ):
        yield
