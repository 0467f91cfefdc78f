"""Which exchange rates does the shop know, and how do staff keep them?"""

from collections.abc import Iterable, Mapping

from chalicelib.core import audit, clock, holding
from chalicelib.core.errors import demand_version
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from chalicelib.pricing import rules, store
from chalicelib.pricing.errors import CurrencyNotCharged, RateOfOwnCurrency
from chalicelib.pricing.models import ExchangeRates
from chalicelib.pricing.rules import Conversion, Rates

_HELD = "exchange_rates"


def rates_keys(currency: str | None) -> list[Key]:
    """Return where the rates are, for who charges in a currency and reads them with the goods; none in the shop's."""
    return [] if currency in (None, settings.shop_currency) else [keys.exchange_rates()]


def rates_in(found: Iterable[Item]) -> Rates:
    """Return the rates that are among what was read; those of another currency than the shop's are of no use."""
    read = (each.known for each in found if isinstance(each, ExchangeRates))
    return next((each for each in read if each.base == settings.shop_currency), Rates(settings.shop_currency))


def conversion_into(currency: str, rates: Rates) -> Conversion | None:
    """Return how what the shop lists in its own currency alone is converted, for a purchase in another one.

    ``rates`` have just been read: nothing is charged by what is held in memory for showing.

    Raises ``CurrencyNotCharged`` where no rate is known, or the shop takes that currency no more.
    """
    if currency == settings.shop_currency:
        return None
    conversion = rates.conversion(settings.shop_currency, currency)
    if conversion is None or currency not in settings.charged_currencies:
        raise CurrencyNotCharged(currencies=list(settings.charged_currencies))
    return conversion


def exchange_rates() -> ExchangeRates:
    """Return the rates as they are now: 1 GetItem. Those of another currency than the shop's are of no use."""
    found = store.find_rates() or ExchangeRates.at(keys.exchange_rates(), base=settings.shop_currency, rates={})
    if found.base != settings.shop_currency:
        found.base, found.rates = settings.shop_currency, {}
    return found


def known_rates() -> Rates:
    """Return the rates for those who only show prices and charge nothing, at most ``RATES_CACHED_SECONDS`` old."""
    return holding.held(_HELD, lambda: exchange_rates().known, seconds=settings.rates_cached_seconds)


def change_rates(wanted: Mapping[str, str | None], *, if_version: int | None) -> ExchangeRates:
    """Keep some rates, let go of others. Raises ``RateOfOwnCurrency`` or ``PreconditionFailed``."""
    found = exchange_rates()
    demand_version(if_version, found.version)
    if found.base in wanted:
        raise RateOfOwnCurrency(currency=found.base)
    before = _told(found.rates)
    found.rates = rules.kept(found.rates, wanted, at=clock.as_text(clock.now()))
    save(found)
    audit.changed(before, _told(found.rates))
    return found


def save(rates: ExchangeRates) -> None:
    """Store the rates, provided that nobody else has since they were read."""
    with transactions.write() as work:
        work.save(rates)
    holding.forget(_HELD)


def _told(rates: Mapping[str, rules.Rate]) -> dict[str, str]:
    return {currency: f"{rate.value} ({rate.origin})" for currency, rate in sorted(rates.items())}
