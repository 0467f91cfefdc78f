"""How is stock promised to a checkout, given back, spent, and booked out?

A reservation is one item; its state moves once, by condition. Releasing writes the end state even when
nothing was reserved, and reserving demands that nothing was written, so either may come first or twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.transactions import StaleItem
from chalicelib.inventory import rules, store
from chalicelib.inventory.errors import (
    OutOfStock,
    ReservationExists,
    ReservationNotHeld,
    ReservationReleased,
    ReservationSpent,
)
from chalicelib.inventory.models import Reservation, Stock
from chalicelib.inventory.rules import ReservationStatus, StockLine
from chalicelib.inventory.service import moving


def reserve(reservation_id: str, lines: Sequence[StockLine], *, beside: Callable[[], None] | None = None) -> None:
    """Take every line out of what is available, or none: 1 TransactWriteItems. Repeating it changes nothing.

    What ``beside`` writes is in the same transaction, and what it refuses passes through.
    Raises ``OutOfStock`` with every shortage, or ``ReservationReleased`` when it was released before.
    """
    wanted = rules.summed(lines)
    held = Reservation.at(keys.reservation(reservation_id), status=ReservationStatus.HELD, lines=wanted)
    try:
        with transactions.write() as work:
            work.create(held, refusal=ReservationExists(reservation_id=reservation_id))
            for line in wanted:
                work.update(
                    _stock_at(line),
                    [Stock.available.set(Stock.available - line.quantity), Stock.changes.add(1)],
                    when=Stock.available >= line.quantity,
                    refusal=OutOfStock(sku=line.sku, wanted=line.quantity),
                )
            if beside is not None:
                beside()
    except ReservationExists:
        _demand_not_released(reservation_id)
    except OutOfStock:
        raise _shortage(wanted) from None


def release(reservation_id: str) -> None:
    """Give the units back, once, and make sure that this reservation cannot be held any more.

    Raises ``ReservationSpent`` when they are sold.
    """
    reservation = store.find_reservation(reservation_id)
    if reservation is None:
        key = keys.reservation(reservation_id)
        with transactions.write() as work:
            work.create(Reservation.at(key, status=ReservationStatus.RELEASED, lines=[]))
    elif reservation.status == ReservationStatus.HELD:
        _give_back(reservation)
    elif reservation.status == ReservationStatus.SPENT:
        raise ReservationSpent(reservation_id=reservation_id)


def spend(reservation_id: str) -> None:
    """Turn held units into sold ones: one entry for the transaction that places the order.

    Raises ``ReservationNotHeld`` when that commits and the reservation is released, spent or absent.
    """
    reservation = Reservation.at(keys.reservation(reservation_id))
    with transactions.write() as work:
        work.update(
            reservation,
            [Reservation.status.set(ReservationStatus.SPENT)],
            when=Reservation.status == ReservationStatus.HELD,
            refusal=ReservationNotHeld(reservation_id=reservation_id),
        )


def book_sale(reservation_id: str, order_id: str) -> None:
    """Write the ledger rows of a placed order and take its units off ``on_hand``: 1 transaction per SKU.

    Repeating it books only what is missing, since a row's id is derived from the order's.
    """
    reservation = store.find_reservation(reservation_id)
    if reservation is None or reservation.status != ReservationStatus.SPENT:
        raise ReservationNotHeld(reservation_id=reservation_id)
    moving.book_sold(order_id, reservation.lines)


def _demand_not_released(reservation_id: str) -> None:
    reservation = store.find_reservation(reservation_id)
    if reservation is not None and reservation.status == ReservationStatus.RELEASED:
        raise ReservationReleased(reservation_id=reservation_id)


def _shortage(wanted: Sequence[StockLine]) -> Exception:
    """Say what falls short; when meanwhile nothing does, the reservation is worth another try."""
    available = {stock.sku: stock.available for stock in store.stock_of_lines(wanted)}
    short = rules.shortages(wanted, available)
    if not short:
        return StaleItem("stock came back")
    return OutOfStock(**asdict(short[0]), shortages=[asdict(each) for each in short])


def _give_back(reservation: Reservation) -> None:
    with transactions.write() as work:
        work.update(
            reservation,
            [Reservation.status.set(ReservationStatus.RELEASED)],
            when=Reservation.status == ReservationStatus.HELD,
        )
        for line in reservation.lines:
            work.update(
                _stock_at(line),
                [Stock.available.set(Stock.available + line.quantity), Stock.changes.add(1)],
                when=Stock.pk.exists(),
            )


def _stock_at(line: StockLine) -> Stock:
    return Stock.at(keys.stock(line.product_id, line.sku), product_id=line.product_id, sku=line.sku)
