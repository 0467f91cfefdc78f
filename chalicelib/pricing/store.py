"""How are exchange rates and tax rates found?"""

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find
from chalicelib.pricing.models import ExchangeRates, TaxTable


def find_rates() -> ExchangeRates | None:
    """Return the exchange rates as they are now."""
    return find(ExchangeRates, keys.exchange_rates())


def find_tax_table() -> TaxTable | None:
    """Return the rules about tax that staff keep, if they do."""
    return find(TaxTable, keys.tax_rates())
