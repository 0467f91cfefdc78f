"""What if hundreds want the same few units in the deployed shop? As many orders as units, and a word for all others.

`RING=whole` plays it in full: 300 buyers for 50 units. Otherwise a fifth of them come.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from infra.local.embedded_cloud import EmbeddedCloud
from tests.support.cloud import is_embedded
from tests.support.market import Goods, Market
from tests.support.shopper import Shopper, stock_becomes
from tests.support.telling import Tell
from tests.support.waiting import eventually

BUYERS, UNITS = (300, 50) if os.environ.get("RING") == "whole" else (60, 10)
AT_ONCE = 10
_DECIDED_SECONDS = 120
_LOOKS_EACH_SECONDS = 0.5
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass
class Load:
    """The most that the cloud ever was, with all its handlers."""

    processes: int = 0
    memory_mb: int = 0

    def note(self, pids: set[int]) -> None:
        self.processes = max(self.processes, len(pids))
        self.memory_mb = max(self.memory_mb, sum(map(_resident_kb, pids)) // 1024)

    def __str__(self) -> str:
        return f"{self.processes} processes, {self.memory_mb} MB at most" if self.processes else "not measured"


@dataclass
class Sale:
    """What buyers were told, and how soon."""

    told: Counter[str] = field(default_factory=Counter)
    winners: list[Shopper] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def comes(self, market: Market, goods: Goods) -> None:
        """Let a buyer come, check out, and pay if there is a page to pay on."""
        buyer = Shopper.guest(market).takes(goods)
        asked = time.monotonic()
        buyer.asks_for_checkout()
        said = eventually(lambda: _decided(buyer), _DECIDED_SECONDS, f"{buyer.checkout_id} is decided")
        self.waited.append(time.monotonic() - asked)
        self.told[said] += 1
        if said == "awaiting_payment":
            buyer.gets_page().pays()
            self.winners.append(buyer)


def test_a_flash_sale_sells_each_unit_once_and_tells_all_others_at_once(market: Market, load: Load, tell: Tell) -> None:
    goods, sale = market.sells(units=UNITS), Sale()

    with ThreadPoolExecutor(AT_ONCE) as buyers:
        list(buyers.map(lambda _: sale.comes(market, goods), range(BUYERS)))

    assert sale.told == {"awaiting_payment": UNITS, "out_of_stock": BUYERS - UNITS}
    for winner in sale.winners:
        winner.gets_order()
    stock_becomes(market, goods, available=0, on_hand=0)
    tell(
        f"flash sale, {BUYERS} buyers, {AT_ONCE} at a time, {UNITS} units: told within {max(sale.waited):.1f} s, {load}"
    )


@pytest.fixture
def load(request: pytest.FixtureRequest) -> Iterator[Load]:
    """How much the cloud is while a test runs; nothing can be said of one that is elsewhere."""
    load = Load()
    if not is_embedded():
        yield load
        return
    cloud: EmbeddedCloud = request.getfixturevalue("embedded_cloud")
    with _each(_LOOKS_EACH_SECONDS, lambda: load.note(_family(cloud.pid))):
        yield load


@contextmanager
def _each(seconds: float, look: Callable[[], None]) -> Iterator[None]:
    ended = threading.Event()

    def go_on_looking() -> None:
        while not ended.wait(seconds):
            look()

    watcher = threading.Thread(target=go_on_looking, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def _decided(buyer: Shopper) -> str | None:
    """Return how far a checkout is, once there is a page or a refusal."""
    checkout = buyer.checkout()
    status = str(checkout["status"])
    is_open = status in ("reserving", "closing") or (status == "awaiting_payment" and not _page(checkout))
    return None if is_open else status


def _page(checkout: dict[str, Any]) -> str | None:
    return checkout["payment"]["checkout_url"]


def _family(pid: int) -> set[int]:
    """Return a process and all below it."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    family, found = {pid}, True
    while found:
        below = {child for child, parent in parents.items() if parent in family} - family
        family |= below
        found = bool(below)
    return family


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _resident_kb(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_KB
    except OSError:
        return 0
