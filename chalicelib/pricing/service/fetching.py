"""How do exchange rates come in by themselves? Once a day from a publisher, each judged before it is believed."""

from datetime import UTC, datetime

from chalicelib.core import clock
from chalicelib.core.money import CURRENCIES
from chalicelib.core.observability import count, logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions
from chalicelib.pricing import rules
from chalicelib.pricing.errors import RatesUnavailable
from chalicelib.pricing.exchange_rate_api import source
from chalicelib.pricing.rate_source import PublishedRates
from chalicelib.pricing.service.keeping import exchange_rates, save


def fetch_rates() -> dict[str, int]:
    """Take over the latest rates and say how many came in and how many were refused; nothing where it is turned off.

    What staff keep stays. Whatever is refused leaves the rate that is there, and rings ``RatesNotFetched``.
    """
    if not settings.rates_base_url:
        return {"done": 0, "failed": 0}
    try:
        published = source().latest(settings.shop_currency)
    except RatesUnavailable as problem:
        logger.warning("exchange rates not fetched", reason=str(problem))
        count("RatesNotFetched")
        return {"done": 0, "failed": 1}
    taken, refused = transactions.settled(lambda: _taken_over(published))
    if refused:
        logger.warning("exchange rates refused", currencies=refused)
        count("RatesNotFetched", len(refused))
    return {"done": len(taken), "failed": len(refused)}


def _taken_over(published: PublishedRates) -> tuple[list[str], list[str]]:
    """Return the currencies whose rates changed, and those whose rates were not believed."""
    found = exchange_rates()
    judged = rules.judged(
        found.rates,
        published.rates,
        wanted=[currency for currency in CURRENCIES if currency != found.base],
        jump_percent=settings.rates_jump_percent,
        as_of=_moment(published.published_seconds),
    )
    if judged.taken:
        found.rates = {**found.rates, **judged.taken}
        save(found)
    return list(judged.taken), judged.refused


def _moment(seconds: int) -> str | None:
    """Return when rates were published, unless that lies ahead or beyond what a clock shows."""
    now = clock.now()
    if not 0 < seconds <= int(now.timestamp()):
        return None
    return clock.as_text(datetime.fromtimestamp(seconds, UTC))
