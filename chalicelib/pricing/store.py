"""How are exchange rates found?"""

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find
from chalicelib.pricing.models import ExchangeRates


def find_rates() -> ExchangeRates | None:
    """Return the exchange rates as they are now."""
    return find(ExchangeRates, keys.exchange_rates())
