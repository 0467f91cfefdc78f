"""What must hold after every scenario? All invariants of the books, and what only somebody outside can know."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from chalicelib.checkout.models import Checkout
from chalicelib.checkout.rules import OVER
from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.orders.models import Order
from chalicelib.payments.models import Payment, PaymentAttempt, RefundDue
from infra.books.checking import books_of, check
from infra.books.ledger import Books, amount_of
from infra.books.reading import Row
from tests.ring.world import World


def findings(world: World, rows: Sequence[Row]) -> list[str]:
    """Return every contradiction, in words."""
    books = books_of(rows, clock.now())
    return [
        *map(str, check(rows, clock.now())),
        *_everything_ended(world, books),
        *_money_is_where_it_should_be(world, books),
        *(f"dead letter of {letter.queue.name}: {letter.body}" for letter in world.post.dead_letters),
        *(f"surprise: {each}" for each in world.invoker.surprises),
        *world.wrongs,
    ]


def sleepers(world: World, rows: Sequence[Row]) -> list[str]:
    """Return executions that sleep although their money is there: whoever stores it wakes them, or who lies down looks.

    To be asked when nothing is left to happen; only a deadline would wake them.
    """
    captured = {row.item.checkout_id for row in rows if isinstance(row.item, Payment) and row.item.status == "captured"}
    waiting = [each for each in world.states.running() if each.waits is not None]
    return [f"{each.name} sleeps over its money" for each in waiting if each.input["checkout_id"] in captured]


def fates(rows: Sequence[Row]) -> list[str]:
    """Return how each checkout ended."""
    return sorted(row.item.status for row in rows if isinstance(row.item, Checkout))


def _everything_ended(world: World, books: Books) -> Iterator[str]:
    for checkout in books.all(Checkout):
        if checkout.status not in OVER:
            yield f"{checkout.checkout_id} is {checkout.status} in the end"
    for execution in world.states.running():
        yield f"machine {execution.name} still runs, last in {execution.entered[-1]}"


def _money_is_where_it_should_be(world: World, books: Books) -> Iterator[str]:
    """What Chapa took for a checkout is what its order costs, or goes back, to the santim."""
    kept: Counter[str] = Counter()
    for taken in world.chapa.state.memory.transactions.values():
        attempt = next((each for each in books.all(PaymentAttempt) if each.tx_ref == taken.tx_ref), None)
        if attempt is None:
            yield f"Chapa knows {taken.tx_ref}, which the shop does not"
        elif taken.was_captured:
            kept[books.payments[attempt.payment_id].checkout_id] += _minor(taken.amount - taken.refunded)
    for due in books.all(RefundDue):
        kept[due.checkout_id] -= due.amount.minor
    ordered = Counter({order.checkout_id: 0 for order in books.all(Order)})
    for order in books.all(Order):
        ordered[order.checkout_id] += order.quote.total.minor
    for checkout_id in kept.keys() | ordered.keys():
        if kept[checkout_id] != ordered[checkout_id]:
            told = [amount_of(Money(each[checkout_id], "ETB")) for each in (kept, ordered)]
            yield f"{checkout_id} was charged {told[0]} for good, and ordered for {told[1]}"


def _minor(amount: Decimal) -> int:
    return int(amount * 100)
