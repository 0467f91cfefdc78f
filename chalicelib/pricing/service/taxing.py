"""Which tax rates does the shop know, and how do staff keep them?"""

from chalicelib.core import audit
from chalicelib.core.errors import demand_version
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from chalicelib.pricing import store
from chalicelib.pricing.models import TaxTable
from chalicelib.pricing.rules import TaxRates, TaxRule
from chalicelib.pricing.schemas import TaxRatesDraft


def tax_rates_key() -> Key:
    """Return where tax rates are stored, for who reads them beside other things."""
    return keys.tax_rates()


def tax_rates_from(item: Item | None) -> TaxRates:
    """Return the tax rates that were read; without any the shop has `TAX_PERCENT` alone."""
    rules = item.rules if isinstance(item, TaxTable) else ()
    return TaxRates(rules, settings.tax_percent, settings.shop_country)


def tax_table() -> TaxTable:
    """Return the rules as staff see them: 1 GetItem. Before the first ones there are none, of version 0."""
    return store.find_tax_table() or TaxTable.at(keys.tax_rates(), rules=())


def change_tax_rates(draft: TaxRatesDraft, *, if_version: int | None) -> TaxTable:
    """Put rules in the place of those that are there. Raises ``PreconditionFailed``."""
    table = tax_table()
    demand_version(if_version, table.version)
    before = _told(table.rules)
    table.rules = tuple(TaxRule(each.tax_class, each.percent, each.country or "", each.region) for each in draft.items)
    with transactions.write() as work:
        work.save(table)
    audit.changed(before, _told(table.rules))
    return table


def _told(rules: tuple[TaxRule, ...]) -> dict[str, str]:
    places = (("/".join(filter(None, (rule.country, rule.region))) or "everywhere", rule) for rule in rules)
    return {f"{rule.tax_class} {place}": rule.percent for place, rule in places}
