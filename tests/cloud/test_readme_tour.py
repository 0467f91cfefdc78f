"""Do the README's own lines lead a newcomer from signing up to a paid order?"""

import json
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from infra.local.chapa.wallets import METHODS
from infra.packaging import REPOSITORY
from tests.support.shop_run import ShopRun

SECTION = re.compile(r"^## A five-minute tour$(?P<text>.*?)^## ", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```sh\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL)
SKU = "SIDA-250-WHOLE"
# What a reader would now have in their shell.
LEARNED = ("API", "MAILBOX", "EMAIL", "ME", "STAFF", "PRODUCT", "ORDER")
PATIENCE_SECONDS = 150


@dataclass(frozen=True)
class Tour:
    """How the lines ended, and what the shell knew at the end."""

    status: int
    printed: str
    learned: dict[str, str]

    def read(self, path: str, *, who: str) -> dict[str, object]:
        """Ask the API on somebody's behalf, as the tour does."""
        name, _, value = self.learned[who].partition(": ")
        return read(f"{self.learned['API']}{path}", {name: value})

    def available(self) -> list[int]:
        """What may be sold of the SKU, each time the tour looked."""
        return [int(number) for number in re.findall(rf"'{SKU}', 'available': (\d+)", self.printed)]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopRun]:
    """Run the shop as `make run` does, on ports and data of its own."""
    run = ShopRun(tmp_path_factory.mktemp("tour"))
    try:
        run.start()
        yield run
    finally:
        run.end(signal.SIGINT)


def test_the_tour_ends_with_a_paid_order_its_mail_and_one_unit_less(running: ShopRun, tmp_path: Path) -> None:
    tour = walk(readme(), running, tmp_path)

    assert tour.status == 0, tour.printed
    order = tour.read(f"/orders/{tour.learned['ORDER']}", who="ME")
    assert (order["status"], order["email"]) == ("placed", tour.learned["EMAIL"])
    letters = read(f"{tour.learned['MAILBOX']}/messages.json?to={tour.learned['EMAIL']}")["items"]
    assert [order["number"] in letter["subject"] for letter in letters] == [True, False, False]
    assert letters[0]["text"].strip() in tour.printed
    before, after = tour.available()
    assert after == before - 1
    stock = tour.read(f"/products/{tour.learned['PRODUCT']}/stock", who="STAFF")["items"]
    assert {"sku": SKU, "available": after, "on_hand": after} in stock


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ('call "$API/health"', 'call "$API/healthy"'),
        ('"$API/users" -d', '"$API/members" -d'),
        ('/lines" -d \'{"sku"', '/lines" -d \'{"code"'),
        ('-H "Idempotency-Key: $CART"', ""),
        ("demo-admin-only-2026", "demo-admin"),
    ],
)
def test_a_broken_line_of_the_tour_is_noticed(running: ShopRun, tmp_path: Path, line: str, broken: str) -> None:
    text = readme()
    assert line in text

    assert walk(text.replace(line, broken), running, tmp_path).status != 0


def test_the_tour_pays_with_a_wallet_that_has_money() -> None:
    (wallet,) = re.findall(r"-d wallet=(\d+)", tour_of(readme()))

    assert wallet in METHODS["telebirr"].paying_wallets


def readme() -> str:
    return (REPOSITORY / "README.md").read_text("utf-8")


def tour_of(text: str) -> str:
    """The shell lines of the tour, in order."""
    section = SECTION.search(text)
    assert section is not None
    return "\n".join(block["lines"] for block in BLOCK.finditer(section["text"]))


def walk(text: str, shop: ShopRun, folder: Path) -> Tour:
    """Run the tour's lines as they stand, but for the ports; any line that fails ends it."""
    lines = tour_of(text)
    for usual, here in ((4566, shop.port), (4581, shop.mailbox_port)):
        assert lines.count(f"127.0.0.1:{usual}\n") == 1
        lines = lines.replace(f"127.0.0.1:{usual}\n", f"127.0.0.1:{here}\n")
    notes = folder / "learned"
    lines += "".join(f"printf '{name}=%s\\n' \"${name}\" >> '{notes}'\n" for name in LEARNED)
    ended = subprocess.run(
        ["bash", "-euo", "pipefail"],
        input=lines,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    learned = notes.read_text().splitlines() if notes.exists() else []
    return Tour(ended.returncode, ended.stdout + ended.stderr, dict(line.split("=", 1) for line in learned))


def read(url: str, headers: dict[str, str] | None = None) -> dict[str, object]:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {})) as answer:
        found: dict[str, object] = json.load(answer)
        return found
