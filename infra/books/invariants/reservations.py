"""Is every reservation held for somebody, spent on an order, or given back?"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from chalicelib.checkout.models import FrozenQuote
from chalicelib.core.storage import keys
from chalicelib.inventory.models import Reservation
from chalicelib.inventory.rules import ReservationStatus, StockLine
from chalicelib.pricing.rules import Quote, QuoteLine
from infra.books.ledger import Books, Troubles, is_unfinished, owner_of


def held_stock_has_an_unfinished_checkout(books: Books) -> Troubles:
    """Units are held for the present attempt of a checkout that is not over, and for nobody else."""
    for reservation in books.all(Reservation):
        if reservation.status != ReservationStatus.HELD:
            continue
        checkout_id, attempt = owner_of(reservation)
        checkout = books.checkouts.get(checkout_id)
        if checkout is None:
            yield reservation.key, "held for a checkout that is not there"
        elif not is_unfinished(checkout):
            yield reservation.key, f"held, but its checkout is {checkout.status}"
        elif attempt != checkout.attempt:
            yield reservation.key, f"held for attempt {attempt}, but its checkout is at {checkout.attempt}"


def spent_stock_was_ordered(books: Books) -> Troubles:
    """A spent reservation has an order and an order one spent reservation: that of its checkout's last attempt."""
    spent: dict[str, list[int]] = defaultdict(list)
    for reservation in books.all(Reservation):
        if reservation.status == ReservationStatus.SPENT:
            checkout_id, attempt = owner_of(reservation)
            spent[checkout_id].append(attempt)
            if checkout_id not in books.orders:
                yield reservation.key, "spent, but nothing was ordered"
    for checkout_id, orders in books.orders.items():
        checkout = books.checkouts.get(checkout_id)
        attempts = spent[checkout_id]
        if len(attempts) != 1 or (checkout is not None and attempts != [checkout.attempt]):
            last = checkout.attempt if checkout else "unknown"
            for order in orders:
                yield order.key, f"spent are the reservations of attempts {attempts}, the last attempt is {last}"


def reservations_cover_their_goods(books: Books) -> Troubles:
    """What is held is what the checkout sells, what is spent is what was ordered."""
    for reservation in books.all(Reservation):
        quote = _goods(books, reservation)
        if quote is None:
            continue
        reserved, wanted = _units(reservation.lines), _units(quote.lines)
        if reserved != wanted:
            yield reservation.key, f"reserved {dict(reserved)}, wanted {dict(wanted)}"


def _goods(books: Books, reservation: Reservation) -> Quote | None:
    checkout_id, _ = owner_of(reservation)
    if reservation.status == ReservationStatus.SPENT:
        return next((order.quote for order in books.orders.get(checkout_id, [])), None)
    checkout = books.checkouts.get(checkout_id)
    if reservation.status != ReservationStatus.HELD or checkout is None:
        return None
    frozen = books.find(FrozenQuote, keys.checkout_quote(checkout.owner, checkout_id))
    return frozen.quote if frozen else None


def _units(lines: Iterable[StockLine | QuoteLine]) -> Counter[str]:
    units: Counter[str] = Counter()
    for line in lines:
        units[line.sku] += line.quantity
    return units
