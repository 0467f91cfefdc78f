"""Does a read cost more in a larger shop? Grows one, tells calls and units of each read, and fails if it does."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from infra.bench.growth.reads import NOTHING_KEPT, Reader, growing
from infra.bench.growth.shop import GrowingShop
from infra.bench.shop import quiet
from infra.bench.units import Cost
from infra.local.embedded_cloud import EmbeddedCloud
from infra.local.ports import free_port
from tests.support.account import fresh_account
from tests.support.tokens import token_for

SIZES = (1_000, 10_000, 100_000)
_SECONDS_BETWEEN_NEWS = 10


def main() -> None:
    """Grow a shop step by step and tell what each read costs at each step."""
    options = _options()
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedCloud(Path(folder), port=free_port(), keeps_data=False) as cloud,
        pytest.MonkeyPatch.context() as patch,
        fresh_account(cloud.endpoint_url, patch) as account,
    ):
        # The embedded cloud goes through a whole partition for each page.
        patch.setenv("ANSWER_WITHIN_SECONDS", "60")
        patch.setenv(*NOTHING_KEPT)
        # Writing the largest shop takes longer than a token lives.
        patch.setenv("ACCESS_TOKEN_SECONDS", "86400")
        with quiet():
            token = token_for(roles=["admin"])
            shop = GrowingShop.opened(account, token)
        costs = {size: _at(shop, Reader(account, token), size) for size in sorted(options.sizes)}
    print(as_table(costs))
    if found := list(growing(costs)):
        sys.exit("Some reads grow with the shop:\n  " + "\n  ".join(found))


def as_table(costs: Mapping[int, Mapping[str, Cost]]) -> str:
    """Return calls and read units of each read, with a column for each size."""
    sizes = sorted(costs)
    head = f"{'read':28}" + "".join(f"{f'{size:,} products':>20}" for size in sizes)
    rows = [
        f"{name:28}"
        + "".join(f"{f'{len(costs[size][name].calls)} / {costs[size][name].read_units:g}':>20}" for size in sizes)
        for name in costs[sizes[0]]
    ]
    return "\n".join(["Calls / read units, by the size of what is read.", "", head, *rows])


def _at(shop: GrowingShop, reader: Reader, size: int) -> dict[str, Cost]:
    started = time.monotonic()
    rows = shop.grow(size, told=_news(f"{size:,} products"))
    print(f"{size:,} products: {rows:,} rows more, in {time.monotonic() - started:.0f} s", flush=True)
    with quiet():
        return reader.costs(size)


def _news(what: str) -> Callable[[int], None]:
    last = time.monotonic()

    def told(rows: int) -> None:
        nonlocal last
        if time.monotonic() - last > _SECONDS_BETWEEN_NEWS:
            last = time.monotonic()
            print(f"{what}: {rows:,} rows so far", flush=True)

    return told


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.bench.growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of products")
    return parser.parse_args()


if __name__ == "__main__":
    main()
