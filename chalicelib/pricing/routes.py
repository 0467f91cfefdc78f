"""Which operations do exchange rates and tax rates have?"""

from chalicelib.core.http import Answer, IfMatch, Request, Router, public, staff
from chalicelib.pricing import service as pricing
from chalicelib.pricing import views
from chalicelib.pricing.errors import RateOfOwnCurrency
from chalicelib.pricing.schemas import ExchangeRatesChange, ExchangeRatesView, TaxRatesDraft, TaxRatesView

router = Router("pricing")


@router.get("/exchange-rates", access=public, is_cacheable=True)
def list_exchange_rates() -> Answer[ExchangeRatesView]:
    """List what the shop's currency is worth in others, as of when, and who says so.

    Prices that are shown in a currency which they are not listed in are converted by these.
    """
    found = pricing.exchange_rates()
    return Answer(views.exchange_rates_view(found), version=found.version)


@router.patch("/exchange-rates", access=staff("prices.manage"), if_match=IfMatch.REQUIRED, raises=(RateOfOwnCurrency,))
def change_exchange_rates(body: ExchangeRatesChange, request: Request) -> Answer[ExchangeRatesView]:
    """Keep rates by hand, or let go of them.

    What staff keep is not fetched any more. What they let go of is unknown until it is fetched again.
    """
    changed = pricing.change_rates(body.rates, if_version=request.if_version)
    return Answer(views.exchange_rates_view(changed), version=changed.version)


@router.get("/tax-rates", access=staff("prices.manage"))
def list_tax_rates() -> Answer[TaxRatesView]:
    """List the rules about tax: what percent goods of a class are under, and where."""
    found = pricing.tax_table()
    return Answer(views.tax_rates_view(found), version=found.version)


@router.put("/tax-rates", access=staff("prices.manage"), if_match=IfMatch.REQUIRED)
def put_tax_rates(body: TaxRatesDraft, request: Request) -> Answer[TaxRatesView]:
    """Put rules in the place of those that are there. Whatever is in a quote already is taxed as it was."""
    changed = pricing.change_tax_rates(body, if_version=request.if_version)
    return Answer(views.tax_rates_view(changed), version=changed.version)
