"""Does anything lie still that ought to move, or that nobody looks after?"""

from chalicelib.checkout.models import Checkout
from chalicelib.core.storage.table import Item
from chalicelib.inventory.models import Movement, Reservation
from chalicelib.inventory.rules import ReservationStatus
from chalicelib.payments.models import PaymentAttempt
from chalicelib.payments.rules import SETTLED
from infra.books.invariants.stock import sales_of
from infra.books.ledger import Books, Troubles, is_unfinished, owner_of


def checkouts_end(books: Books) -> Troubles:
    """No checkout is under way for long after its deadline."""
    for checkout in books.all(Checkout):
        if is_unfinished(checkout) and checkout.pay_by < books.long_ago:
            yield checkout.key, f"{checkout.status} in attempt {checkout.attempt}, to be paid by {checkout.pay_by}"


def checkouts_are_watched(books: Books) -> Troubles:
    """The sweeper finds every unfinished checkout and no other, and looks when it is time."""
    for checkout in books.all(Checkout):
        yield from watched(books, checkout, checkout.status, due_at=checkout.gsi1sk, is_open=is_unfinished(checkout))


def attempts_are_watched(books: Books) -> Troubles:
    """Every payment attempt without a known fate is going to be verified, and no other; in time, too."""
    for attempt in books.all(PaymentAttempt):
        is_open = attempt.status not in SETTLED
        yield from watched(books, attempt, attempt.status, due_at=attempt.gsi2sk, is_open=is_open)


def sales_get_booked(books: Books) -> Troubles:
    """What was ordered a while ago is in the ledger."""
    for reservation in books.all(Reservation):
        orders = books.orders.get(owner_of(reservation)[0], [])
        if reservation.status != ReservationStatus.SPENT or not any(o.placed_at < books.long_ago for o in orders):
            continue
        for key, line in sales_of(reservation):
            if books.find(Movement, key) is None:
                yield key, f"{line.quantity} of {line.sku} sold at {orders[0].placed_at}, but not booked"


def watched(books: Books, item: Item, status: str, *, due_at: str | None, is_open: bool) -> Troubles:
    """Say whether what is open will be looked after in time, and nothing else will."""
    if is_open and due_at is None:
        yield item.key, f"{status}, but nobody will look after it"
    elif not is_open and due_at is not None:
        yield item.key, f"{status}, but still to be looked after at {due_at}"
    elif due_at is not None and due_at < books.long_ago:
        yield item.key, f"{status}, and was to be looked after at {due_at}"
