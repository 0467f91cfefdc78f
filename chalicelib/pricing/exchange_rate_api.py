"""How are exchange rates fetched from ExchangeRate-API? By its open access (exchangerate-api.com/docs/free)."""

from decimal import Decimal
from functools import cache
from http import HTTPStatus
from typing import Any

from chalicelib.core import remote
from chalicelib.core.settings import settings
from chalicelib.pricing.errors import RatesUnavailable
from chalicelib.pricing.rate_source import PublishedRates


class ExchangeRateApi:
    """ExchangeRate-API as a ``RateSource``. It wants no key, and to be named where its rates are shown."""

    def latest(self, base: str) -> PublishedRates:
        """Read the latest rates (``GET /latest/<base>``)."""
        url = f"{settings.rates_base_url}/latest/{base}"
        try:
            answer = remote.call("GET", url, patience_seconds=settings.rates_patience_seconds)
        except remote.RemoteSilent as silence:
            raise RatesUnavailable(f"ExchangeRate-API {silence}") from None
        told, published = answer.content.get("rates"), answer.content.get("time_last_update_unix")
        is_about_it = (answer.content.get("result"), answer.content.get("base_code")) == ("success", base)
        if answer.status != HTTPStatus.OK or not is_about_it:
            raise RatesUnavailable(f"ExchangeRate-API answered {answer.status} without rates")
        if not isinstance(told, dict) or not isinstance(published, int):
            raise RatesUnavailable("ExchangeRate-API answered in another shape")
        return PublishedRates(published, {name: rate for name, each in told.items() if (rate := _number(each))})


@cache
def source() -> ExchangeRateApi:
    """Return the adapter, made once."""
    return ExchangeRateApi()


def _number(told: Any) -> Decimal | None:
    is_number = isinstance(told, Decimal | int) and not isinstance(told, bool)
    return Decimal(told) if is_number else None
