"""What percent of tax are goods under? The rule of their class that describes most closely where they go says."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chalicelib.shipping.rules import Area, Destination, is_region_needed


class TaxClass(StrEnum):
    """How goods are taxed; which rate that means is for the shop's tax rates to say."""

    STANDARD = "standard"
    REDUCED = "reduced"
    ZERO = "zero"


# Beside the classes of goods: rules of this one are for the charge for delivery.
SHIPPING = "shipping"


@dataclass(frozen=True)
class TaxRule:
    """The rate of a class in a region, in a country, or everywhere. ``percent`` is decimal text."""

    tax_class: str
    percent: str
    country: str = ""
    region: str = ""

    @property
    def area(self) -> Area:
        """Return where it holds, as areas are compared."""
        return Area(self.country, self.region).folded


@dataclass(frozen=True)
class TaxRates:
    """Every rule of the shop, the rate of what no rule is about, and the country in which it is at home."""

    rules: Sequence[TaxRule]
    standard_percent: Decimal
    home: str = "ET"


def percent_for(rates: TaxRates, tax_class: str, destination: Destination | None) -> Decimal:
    """Return the rate of goods; for a place that nobody knows yet the one at home.

    Where there is no rule, zero-rated goods are free of tax. Reduced ones are taxed like all others then: how much
    less it would be is for nobody to guess.
    """
    found = _percent(rates, tax_class, destination)
    if found is not None:
        return found
    return Decimal(0) if tax_class == TaxClass.ZERO else _percent_of_standard(rates, destination)


def percent_for_shipping(rates: TaxRates, destination: Destination | None) -> Decimal | None:
    """Return the rate of what delivery costs; ``None`` where that is taxed as the goods that are delivered."""
    return _percent(rates, SHIPPING, destination)


def is_taxed_by_region(rates: TaxRates, destination: Destination) -> bool:
    """Tell whether a place that names no region could be taxed otherwise once it names one."""
    areas: dict[str, list[Area]] = {}
    for rule in rates.rules:
        areas.setdefault(rule.tax_class, []).append(rule.area)
    return any(is_region_needed(each, destination) for each in areas.values())


def repeated_rules(rules: Sequence[TaxRule]) -> list[TaxRule]:
    """Return the rules whose class and place another one before them has."""
    seen: set[tuple[str, Area]] = set()
    repeated = []
    for rule in rules:
        if (rule.tax_class, rule.area) in seen:
            repeated.append(rule)
        seen.add((rule.tax_class, rule.area))
    return repeated


def _percent_of_standard(rates: TaxRates, destination: Destination | None) -> Decimal:
    found = _percent(rates, TaxClass.STANDARD, destination)
    return rates.standard_percent if found is None else found


def _percent(rates: TaxRates, tax_class: str, destination: Destination | None) -> Decimal | None:
    place = (destination or Destination(rates.home)).folded
    fitting = [
        (closeness, rule.percent)
        for rule in rates.rules
        if rule.tax_class == tax_class and (closeness := rule.area.closeness(place)) is not None
    ]
    return Decimal(max(fitting)[1]) if fitting else None
