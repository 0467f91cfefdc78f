"""How can prices refuse?"""

from chalicelib.core.errors import Conflict


class RateUnknown(Conflict):
    """A price is not listed in that ``currency``, and there is no rate to convert it by."""

    code = "rate_unknown"


class RateOfOwnCurrency(Conflict):
    """Rates say what the shop's own ``currency`` is worth in others; it has none itself."""

    code = "rate_of_own_currency"


class CurrencyNotCharged(Conflict):
    """The shop takes no money in that currency, or knows no rate for it; facts: ``currencies`` that it takes."""

    code = "currency_not_charged"


class RatesUnavailable(Exception):
    """Who publishes exchange rates did not answer, or not sensibly."""
