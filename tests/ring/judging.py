"""What must hold after every scenario? All invariants of the books, and what only somebody outside can know."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from chalicelib.checkout.models import Checkout
from chalicelib.checkout.rules import OVER
from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.orders.models import Order
from chalicelib.payments.models import Payment, PaymentAttempt
from infra.books.checking import books_of, check
from infra.books.ledger import Books, amount_of
from infra.books.reading import Row
from tests.ring import coupons
from tests.ring.ring import PRICES
from tests.ring.world import World

# Rows about money that goes back, as they were and as they are.
_GOING_BACK = frozenset({"refund_due", "refund"})
_ASKS_BACK = "chapa POST /v1/refund/{id}"
_ON_DELIVERY = frozenset({"to_collect", "collected"})


def findings(world: World, rows: Sequence[Row]) -> list[str]:
    """Return every contradiction, in words."""
    books = books_of(rows, clock.now())
    return [
        *map(str, check(rows, clock.now())),
        *_everything_ended(world, rows, books),
        *_money_is_where_it_should_be(world, books),
        *_refunds_are_asked_for_once(world),
        *coupons.misused(books.all(Order), PRICES),
        *(f"dead letter of {letter.queue.name}: {letter.body}" for letter in world.post.dead_letters),
        *(f"surprise: {each}" for each in world.invoker.surprises),
        *world.wrongs,
    ]


def sleepers(world: World, rows: Sequence[Row]) -> list[str]:
    """Return executions that sleep although their money is there: whoever stores it wakes them, or who lies down looks.

    Nobody sleeps either where no money has to come first. To be asked when nothing is left to happen; only a deadline
    would wake them, unless whose money it is will be looked at.
    """
    payments = [row.item for row in rows if isinstance(row.item, Payment)]
    watched = {row.item.tx_ref for row in rows if isinstance(row.item, PaymentAttempt) and row.item.gsi2pk}
    stored = [each for each in payments if each.captured_tx_ref not in watched]
    covered = {each.checkout_id for each in stored if each.status in ("captured", "agreed")}
    waiting = [each for each in world.states.running() if each.waits is not None]
    return [f"{each.name} sleeps over its money" for each in waiting if each.input.get("checkout_id") in covered]


def fates(rows: Sequence[Row]) -> list[str]:
    """Return how each checkout ended."""
    return sorted(row.item.status for row in rows if isinstance(row.item, Checkout))


def _everything_ended(world: World, rows: Sequence[Row], books: Books) -> Iterator[str]:
    for checkout in books.all(Checkout):
        if checkout.status not in OVER:
            yield f"{checkout.checkout_id} is {checkout.status} in the end"
    for row in rows:
        if row.raw["kind"]["S"] == "refund" and row.raw["status"]["S"] not in ("done", "needs_attention"):
            yield f"{row.key.pk} is {row.raw['status']['S']} in the end"
    for execution in world.states.running():
        yield f"machine {execution.name} still runs, last in {execution.entered[-1]}"


def _money_is_where_it_should_be(world: World, books: Books) -> Iterator[str]:
    """What Chapa took for a checkout and did not give back is what its order costs, to the santim, or is owed back.

    What is paid on delivery is not Chapa's.
    """
    kept: Counter[str] = Counter()
    attempts = {each.tx_ref: each for each in books.all(PaymentAttempt)}
    for taken in world.chapa.state.memory.transactions.values():
        attempt = attempts.get(taken.tx_ref)
        if attempt is None:
            yield f"Chapa knows {taken.tx_ref}, which the shop does not"
        elif not books.payments[attempt.payment_id].amount.minor:
            yield f"Chapa was asked for a page of {taken.tx_ref}, for which nothing is due"
        elif taken.was_captured:
            kept[books.payments[attempt.payment_id].checkout_id] += _minor(taken.amount - taken.refunded)
    kept.subtract(_left_to_people(world, books))
    ordered = Counter(
        {
            order.checkout_id: order.quote.total.minor
            for order in books.all(Order)
            if books.payments[order.payment_id].status not in _ON_DELIVERY
        }
    )
    for checkout_id in kept.keys() | ordered.keys():
        if kept[checkout_id] != ordered[checkout_id]:
            told = [amount_of(Money(each[checkout_id], "ETB")) for each in (kept, ordered)]
            yield f"{checkout_id} was charged {told[0]} for good, and ordered for {told[1]}"


def _refunds_are_asked_for_once(world: World) -> Iterator[str]:
    """Chapa promises nothing to who asks twice for one refund; so nobody asks again who may have been heard."""
    asked = Counter(
        each.call.request.form()["reference"]
        for each in world.plan.calls
        if each.call.name == _ASKS_BACK and each.decision.fate.takes_effect
    )
    yield from (f"Chapa was asked for {name} {times} times" for name, times in asked.items() if times > 1)


def _left_to_people(world: World, books: Books) -> Counter[str]:
    """Add up what is still owed back, by checkout: listed for people, and not asked back from Chapa."""
    owed: Counter[str] = Counter()
    transactions = world.chapa.state.memory.transactions
    for row in books.rows:
        item = row.item
        if row.raw["kind"]["S"] in _GOING_BACK and item is not None and not transactions[item.tx_ref].refunds:
            owed[item.checkout_id] += item.amount.minor
    return owed


def _minor(amount: Decimal) -> int:
    return int(amount * 100)
