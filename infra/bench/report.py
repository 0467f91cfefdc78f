"""How are the figures told? As a table for people and as JSON for comparison."""

from dataclasses import asdict, dataclass, field
from functools import reduce
from operator import add
from typing import Any

from infra.bench import budgets, dollars, journey, shelving, signing_in, stocking
from infra.bench.imports import ColdImport
from infra.bench.lines import Bought
from infra.bench.meters import CpuMeter
from infra.bench.pictures import Drawing
from infra.bench.units import Cost

_ACTS = (
    *(*journey.BROWSING, *journey.FILLING, *journey.CHECKOUT, *journey.AFTERWARDS),
    *(*shelving.ACTS, *signing_in.ACTS, *stocking.ACTS),
)
_NOTHING = Cost((), 0, 0)
_LINES_OF_AN_ORDER = 2


@dataclass
class Figures:
    """All that was measured."""

    transitions: int = 0
    packages: dict[str, float] = field(default_factory=dict)
    bare_interpreter: float = 0
    imports: dict[str, ColdImport] = field(default_factory=dict)
    costs: dict[str, Cost] = field(default_factory=dict)
    cpu: CpuMeter = field(default_factory=lambda: CpuMeter(lambda: None))
    picture: Drawing | None = None
    bought: list[Bought] = field(default_factory=list)
    seconds: float = 0

    def milliseconds(self, acts: tuple[str, ...]) -> float:
        """Return the CPU time of some acts together."""
        return sum(self.cpu.milliseconds(act) for act in acts)

    def ratio(self, acts: tuple[str, ...]) -> float:
        """Return how many bare GetItems some acts are worth."""
        return self.milliseconds(acts) / self.cpu.bare_milliseconds

    @property
    def token_check_microseconds(self) -> float:
        """Return the CPU time of one check of an access token."""
        return self.cpu.milliseconds(signing_in.TOKEN_CHECKED) * 1000 / signing_in.TOKENS

    @property
    def sign_in_beside_argon2(self) -> float:
        """Return the CPU milliseconds of a sign-in without the check of its password."""
        return self.milliseconds((signing_in.SIGNED_IN,)) - self.milliseconds((signing_in.PASSWORD_CHECKED,))

    def cost(self, acts: tuple[str, ...]) -> Cost:
        """Return what some acts asked of DynamoDB together."""
        return reduce(add, (self.costs[act] for act in acts), _NOTHING)


def purchase() -> tuple[str, ...]:
    """Return the acts of a whole purchase of two lines, each as often as it happens."""
    once = (*journey.FILLING, *journey.CHECKOUT, *journey.AFTERWARDS)
    return tuple(act for act in once for _ in range(journey.TIMES.get(act, 1)))


def as_json(figures: Figures) -> dict[str, Any]:
    """Return every figure by its name."""
    return {
        "bare_get_item_cpu_ms": round(figures.cpu.bare_milliseconds, 3),
        "acts": {act: _act(figures, (act,)) for act in _ACTS},
        "checkout_to_order": _act(figures, journey.CHECKOUT),
        "purchase_of_two_lines": _act(figures, purchase()),
        "password_check_cpu_ms": round(figures.milliseconds((signing_in.PASSWORD_CHECKED,)), 3),
        "sign_in_beside_it_cpu_ms": round(figures.sign_in_beside_argon2, 3),
        "token_check_cpu_us": round(figures.token_check_microseconds, 1),
        "by_lines": [_lines_json(each) for each in figures.bought],
        "standard_transitions_per_order": figures.transitions,
        "bare_interpreter_cpu_ms": round(figures.bare_interpreter, 1),
        "cold_imports": {
            module: {"cpu_ms": round(cold.milliseconds), "offenders": cold.offenders}
            for module, cold in figures.imports.items()
        },
        "package_unzipped_mb": {group: round(size, 1) for group, size in figures.packages.items()},
        "picture_of_24_megapixels": asdict(figures.picture) if figures.picture else None,
        "bench_seconds": round(figures.seconds),
    }


def as_table(figures: Figures) -> str:
    """Return the figures for a reader."""
    bare = figures.cpu.bare_milliseconds
    lines = [
        f"A bare botocore GetItem takes {bare:.2f} ms of CPU here; x counts those. Read units go by what was read.",
        "",
        f"{'act':24}{'CPU ms':>8}{'x':>7}{'target x':>10}{'calls':>7}{'read':>7}{'write':>7}",
        *(_row(figures, act, (act,)) for act in _ACTS),
        _row(figures, "checkout to order", journey.CHECKOUT),
        _row(figures, "purchase of two lines", purchase()),
        *_of_signing_in(figures),
        *_of_pictures(figures.picture),
        *_of_lines(figures.bought),
        "",
        f"Standard transitions per paid order: {figures.transitions} (at most {budgets.TRANSITIONS_PER_ORDER})",
        *(
            f"Package {group}: {size:.1f} MB unzipped for arm64 (at most {budgets.PACKAGE_MEGABYTES[group]})"
            for group, size in figures.packages.items()
        ),
        "",
        f"A bare interpreter takes {figures.bare_interpreter:.0f} ms of CPU here; it is taken off what follows.",
        f"{'cold import':40}{'CPU ms':>7}   of which, roughly (target {budgets.COLD_IMPORT_MILLISECONDS})",
        *(_import_row(module, cold) for module, cold in figures.imports.items()),
        "",
        f"Measured in {figures.seconds:.0f} s.",
    ]
    return "\n".join(lines)


def _act(figures: Figures, acts: tuple[str, ...]) -> dict[str, Any]:
    cost = figures.cost(acts)
    return {
        "cpu_ms": round(figures.milliseconds(acts), 3),
        "bare_get_items": round(figures.ratio(acts), 2),
        "calls": list(cost.calls),
        "read_units": cost.read_units,
        "write_units": cost.write_units,
    }


def _row(figures: Figures, title: str, acts: tuple[str, ...]) -> str:
    cost = figures.cost(acts)
    read = f"{cost.read_units:g}"
    timed = f"{figures.milliseconds(acts):8.2f}{figures.ratio(acts):7.2f}{_target(title):>10}"
    return f"{title:24}{timed}{len(cost.calls):7}{read:>7}{cost.write_units:7g}"


def _of_signing_in(figures: Figures) -> list[str]:
    """Tell apart what a sign-in is meant to cost and what it should not."""
    argon2, rest = figures.milliseconds((signing_in.PASSWORD_CHECKED,)), figures.sign_in_beside_argon2
    bare, target = figures.cpu.bare_milliseconds, f"target {budgets.TOKEN_CHECK_MICROSECONDS}"
    return [
        "",
        f"Argon2id takes {argon2:.0f} ms of a sign-in, all else {rest:.2f} ms ({rest / bare:.2f} x).",
        f"An access token is checked in {figures.token_check_microseconds:.0f} microseconds of CPU ({target}).",
    ]


def _of_pictures(drawing: Drawing | None) -> list[str]:
    if drawing is None:
        return []
    peak, cpu = budgets.PICTURE_PEAK_MEGABYTES, budgets.PICTURE_CPU_SECONDS
    return [
        f"A photo of 24 megapixels ({drawing.upload_bytes / 1e6:.1f} MB) becomes {drawing.files} files in "
        f"{drawing.seconds:.1f} s, {drawing.cpu_seconds:.1f} s of CPU (target {cpu}).",
        f"It takes {drawing.peak_megabytes:.0f} MB at its largest moment (at most {peak}), "
        f"{drawing.idle_megabytes:.0f} of which an idle function holds.",
    ]


def _of_lines(bought: list[Bought]) -> list[str]:
    """Tell how a purchase grows with its lines, and what it costs on AWS."""
    if not bought:
        return []
    prices = dollars.list_prices()
    by_service = next(dollars.dollars(each.usage, prices) for each in bought if each.lines == _LINES_OF_AN_ORDER)
    shares = ", ".join(f"{service} {cost:.3f}" for service, cost in by_service.items())
    return [
        "",
        f"{'a purchase of':24}{'CPU ms':>8}{'calls':>7}{'read':>7}{'write':>7}{'from checkout':>15}{'$ per 1,000':>13}",
        *(_lines_row(each, prices) for each in bought),
        f"Dollars per {dollars.ORDERS:,} orders of two lines ({prices.region}, {prices.as_of}): {shares}.",
    ]


def _lines_row(each: Bought, prices: dollars.Prices) -> str:
    cost, spent = each.whole, sum(dollars.dollars(each.usage, prices).values())
    counted = f"{len(cost.calls):7}{cost.read_units:7g}{cost.write_units:7g}{each.to_order.write_units:15g}"
    return f"{f'{each.lines} lines':24}{each.usage.cpu_milliseconds:8.1f}{counted}{spent:13.3f}"


def _lines_json(each: Bought) -> dict[str, Any]:
    return {
        "lines": each.lines,
        "calls": len(each.whole.calls),
        "read_units": each.whole.read_units,
        "write_units": each.whole.write_units,
        "write_units_checkout_to_order": each.to_order.write_units,
        "cpu_ms": round(each.usage.cpu_milliseconds, 2),
        "dollars_per_1000": {
            service: round(cost, 4) for service, cost in dollars.dollars(each.usage, dollars.list_prices()).items()
        },
    }


def _target(title: str) -> str:
    targets = {**budgets.CPU_MILLISECONDS, "purchase of two lines": budgets.PURCHASE_MILLISECONDS}
    return f"{targets[title] / budgets.BARE_MILLISECONDS:.2f}" if title in targets else ""


def _import_row(module: str, cold: ColdImport) -> str:
    shares = ", ".join(f"{package} {used:.0f}" for package, used in cold.offenders.items())
    return f"{module:40}{cold.milliseconds:7.0f}   {shares}"
