"""What if hundreds want the same few units at the same moment, and the table has trouble with that? In process."""

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest

from chalicelib.core.errors import Busy
from chalicelib.core.storage import transactions
from chalicelib.inventory import service as inventory
from chalicelib.inventory import store as stock_room
from chalicelib.inventory.errors import OutOfStock
from chalicelib.inventory.models import Stock
from chalicelib.inventory.rules import ReservationStatus, StockLine
from infra.local.faults.calls import Call, aws_call
from infra.local.faults.fates import PASS, Decision, Fate
from infra.local.faults.plan import Place, Plan
from infra.local.faults.proxy import FaultProxy, forwarded_to
from tests.ring.moving_clock import moving_clock
from tests.support.account import forget_clients, fresh_account
from tests.support.builders import COFFEE, a_variant, product_of

BUYERS, AT_ONCE, UNITS = 300, 10, 50
TROUBLE = (Fate.CONFLICTED, Fate.CONFLICTED, Fate.STARVED, Fate.THROTTLED, Fate.UNANSWERED, Fate.DROPPED)


class Troubled:
    """One write in so many meets a fate, chosen by a seed."""

    def __init__(self, seed: int, *, one_in: int) -> None:
        self._dice, self._one_in, self._lock = random.Random(seed), one_in, Lock()
        self.met: Counter[Fate] = Counter()
        self.is_calm = True

    def __call__(self, place: Place, call: Call) -> Decision:
        with self._lock:
            if self.is_calm or call.is_read or self._dice.randrange(self._one_in):
                return PASS
            fate = self._dice.choice(TROUBLE)
            self.met[fate] += 1
            return Decision(fate)


@pytest.fixture
def trouble(embedded_cloud_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Troubled]:
    """A shop with few units, whose writes will be troubled."""
    troubled = Troubled(1, one_in=4)
    with (
        moving_clock(monkeypatch),
        FaultProxy(forwarded_to(embedded_cloud_url), Plan(troubled), named=aws_call) as proxy,
        fresh_account(proxy.url, monkeypatch),
    ):
        a_variant(left=UNITS)
        yield troubled
    forget_clients()


def test_a_flash_sale_sells_every_unit_once_whatever_the_table_says(trouble: Troubled) -> None:
    trouble.is_calm = False

    with ThreadPoolExecutor(AT_ONCE) as buyers:
        told = Counter(buyers.map(_wants_one, range(BUYERS)))

    trouble.is_calm = True
    assert told == {"reserved": UNITS, "out of stock": BUYERS - UNITS}
    assert len(trouble.met) > 3
    assert _stock().available == 0
    held = [stock_room.find_reservation(_reservation(number)) for number in range(BUYERS)]
    assert sum(each is not None and each.status == ReservationStatus.HELD for each in held) == UNITS


def test_what_all_of_them_give_back_at_once_is_there_again(trouble: Troubled) -> None:
    winners = [number for number in range(UNITS) if _wants_one(number) == "reserved"]
    trouble.is_calm = False

    with ThreadPoolExecutor(AT_ONCE) as buyers:
        for _ in range(2):
            list(buyers.map(_gives_back, winners))

    trouble.is_calm = True
    assert (len(winners), _stock().available) == (UNITS, UNITS)


def _wants_one(number: int) -> str:
    """Reserve one unit, as often as it takes."""
    line = StockLine(product_of(COFFEE), COFFEE, 1)
    while True:
        try:
            transactions.settled(lambda: inventory.reserve(_reservation(number), [line]))
        except OutOfStock:
            return "out of stock"
        except Busy:
            continue
        return "reserved"


def _gives_back(number: int) -> None:
    while True:
        try:
            return transactions.settled(lambda: inventory.release(_reservation(number)))
        except Busy:
            continue


def _reservation(number: int) -> str:
    return f"chk_{number:03}-1"


def _stock() -> Stock:
    stock, _ = stock_room.stock_with_watch(product_of(COFFEE), COFFEE)
    assert stock is not None
    return stock
