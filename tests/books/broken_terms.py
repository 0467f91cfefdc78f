"""How can the delivery plan and the tax rates be broken?"""

from dataclasses import replace

from chalicelib.core.money import Money
from chalicelib.pricing.models import TaxTable
from chalicelib.shipping.models import ShippingPlan
from tests.books.breaking import A_SANTIM, Breakages
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


@breakages.of("plans_leave_nothing_open")
def an_area_lies_in_two_zones(table: TableCopy) -> None:
    plan = table.one(ShippingPlan)
    table.change(plan, zones=(*plan.zones, replace(plan.zones[0], id="again")))


@breakages.of("plans_leave_nothing_open")
def a_band_ends_before_the_one_before_it(table: TableCopy) -> None:
    plan = table.one(ShippingPlan)
    bus = plan.zones[0].methods[1]
    shuffled = replace(plan.zones[0], methods=(replace(bus, bands=tuple(reversed(bus.bands))),))
    table.change(plan, zones=(shuffled, *plan.zones[1:]))


@breakages.of("plans_leave_nothing_open")
def a_method_pays_its_buyers(table: TableCopy) -> None:
    plan = table.one(ShippingPlan)
    courier = replace(plan.zones[0].methods[0], charge=A_SANTIM * -1)
    table.change(plan, zones=(replace(plan.zones[0], methods=(courier,)),))


@breakages.of("plans_leave_nothing_open")
def a_charge_is_in_another_currency(table: TableCopy) -> None:
    plan = table.one(ShippingPlan)
    courier = replace(plan.zones[0].methods[0], charge=Money(4_000, "USD"))
    table.change(plan, zones=(replace(plan.zones[0], methods=(courier,)),))


@breakages.of("tax_rules_leave_nothing_open")
def two_rates_count_in_one_place(table: TableCopy) -> None:
    kept = table.one(TaxTable)
    table.change(kept, rules=(*kept.rules, replace(kept.rules[0], percent="7")))
