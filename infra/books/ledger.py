"""What do the checks look at? All living rows by kind and key, at one moment."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar

from chalicelib.carts.rules import Limits
from chalicelib.checkout.models import Checkout
from chalicelib.checkout.rules import ACTIVE, CheckoutStatus
from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from chalicelib.inventory.models import Reservation
from chalicelib.orders.models import Order
from chalicelib.payments.models import Payment
from infra.books.reading import Row

T = TypeVar("T", bound=Item)
Troubles = Iterator[tuple[Key, str]]


@dataclass(frozen=True)
class Books:
    """The table at ``now``. Rows whose time is over count as deleted, as they do for the shop.

    ``patience`` is how long something may lie before it counts as stuck, ``low_at`` the shop's own threshold of stock.
    """

    rows: Sequence[Row]
    now: datetime
    patience: timedelta
    limits: Limits
    low_at: int

    def all(self, kind: type[T]) -> list[T]:
        """Return every item of a kind."""
        return [item for item in self._by_kind[kind] if isinstance(item, kind)]

    def find(self, kind: type[T], key: Key) -> T | None:
        """Return the item at a key, if it is of that kind."""
        found = self._by_key.get(key)
        return found if isinstance(found, kind) else None

    @property
    def long_ago(self) -> str:
        """Return the moment, as text, before which patience has ended."""
        return clock.as_text(self.now - self.patience)

    @cached_property
    def checkouts(self) -> dict[str, Checkout]:
        """Every checkout by its id."""
        return {checkout.checkout_id: checkout for checkout in self.all(Checkout)}

    @cached_property
    def payments(self) -> dict[str, Payment]:
        """Every payment by its id."""
        return {payment.payment_id: payment for payment in self.all(Payment)}

    @cached_property
    def orders(self) -> dict[str, list[Order]]:
        """The orders of each checkout."""
        orders: dict[str, list[Order]] = defaultdict(list)
        for order in self.all(Order):
            orders[order.checkout_id].append(order)
        return dict(orders)

    @cached_property
    def _living(self) -> list[Item]:
        now = self.now.timestamp()
        items = [row.item for row in self.rows if row.item is not None]
        return [item for item in items if item.expires_at is None or item.expires_at > now]

    @cached_property
    def _by_key(self) -> dict[Key, Item]:
        return {item.key: item for item in self._living}

    @cached_property
    def _by_kind(self) -> dict[type[Item], list[Item]]:
        items: dict[type[Item], list[Item]] = defaultdict(list)
        for item in self._living:
            items[type(item)].append(item)
        return items


def is_unfinished(checkout: Checkout) -> bool:
    """Tell whether a checkout is under way or being given back."""
    return checkout.status in ACTIVE or checkout.status == CheckoutStatus.CLOSING


def owner_of(reservation: Reservation) -> tuple[str, int]:
    """Return which attempt of which checkout a reservation is for; its id says so."""
    checkout_id, _, attempt = reservation.pk.partition("#")[2].rpartition("-")
    return checkout_id, int(attempt) if attempt.isdecimal() else 0


def amount_of(money: Money | None) -> str:
    """Say an amount as people read it."""
    return f"{money.as_text()} {money.currency}" if money else "nothing"
