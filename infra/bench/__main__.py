"""What does the shop cost? `make bench` measures a shop of its own, prints a table and writes build/bench.json."""

import argparse
import gc
import json
import tempfile
import time
from pathlib import Path

from infra.bench import imports, journey, lines, packages, pictures, report, shelving, signing_in, stocking
from infra.bench.budgets import PACKAGE_MEGABYTES
from infra.bench.meters import CallMeter, CpuMeter, bare_get_item
from infra.bench.report import Figures
from infra.bench.shop import measured_shop
from infra.bench.transitions import transitions_of_a_paid_order
from infra.building import BUILD, build_package, package_file, requirement_groups, requirements_of
from infra.building import REQUIREMENTS as REQUIREMENTS_FILE
from infra.local.embedded_cloud import EmbeddedCloud
from infra.local.ports import free_port

RESULT = BUILD / "bench.json"
PURCHASES = 60
_WARM_UP = 5


def main() -> None:
    """Measure everything and tell it."""
    options = _options()
    started = time.monotonic()
    figures = Figures(transitions=transitions_of_a_paid_order(), packages=_packages(options.skip_packages))
    figures.bare_interpreter = imports.bare_interpreter()
    figures.imports = imports.cold_imports(imports.functions(), bare=figures.bare_interpreter)
    figures.picture = pictures.of_a_photo()
    _measure_purchases(figures, options.purchases)
    figures.seconds = time.monotonic() - started
    BUILD.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(report.as_json(figures), indent=2) + "\n")
    print(report.as_table(figures))


def _measure_purchases(figures: Figures, purchases: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedCloud(Path(folder), port=free_port(), keeps_data=False) as cloud,
        measured_shop(cloud.endpoint_url) as shop,
    ):
        signing_in.sign_up()
        staff = shelving.hire()
        calls = CallMeter(shop.account.dynamodb)
        for _ in range(_WARM_UP):
            journey.buy(shop, calls)
            signing_in.come_back(calls)
            shelving.shelve(shop, staff, calls)
            stocking.keep_stock(shop, calls)
        # As little as possible for the collector to walk over, as in a process that only serves.
        gc.collect()
        gc.freeze()
        cpu = CpuMeter(bare_get_item(shop.account, shop.products[0]))
        for _ in range(purchases):
            journey.buy(shop, cpu)
            signing_in.come_back(cpu)
            shelving.shelve(shop, staff, cpu)
            stocking.keep_stock(shop, cpu)
        figures.bought = lines.bought(shop, transitions=figures.transitions)
        gc.unfreeze()
    figures.costs, figures.cpu = calls.costs, cpu


def _packages(is_skipped: bool) -> dict[str, float]:
    """Return the size of each group, built if it is not there."""
    if is_skipped:
        return {}
    groups = requirement_groups(REQUIREMENTS_FILE.read_text())
    for group in groups:
        if not package_file(group).exists():
            build_package(group, requirements_of(group, groups))
    return {group: packages.built_megabytes(group) for group in PACKAGE_MEGABYTES}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.bench", description=__doc__)
    parser.add_argument("--purchases", type=int, default=PURCHASES, help="how many purchases are timed")
    parser.add_argument("--skip-packages", action="store_true", help="do not build what is not built yet")
    return parser.parse_args()


if __name__ == "__main__":
    main()
