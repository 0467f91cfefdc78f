"""How can the parts of a stored quote be broken?"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from chalicelib.checkout.models import Checkout, FrozenQuote
from chalicelib.core.money import Money
from chalicelib.core.storage import keys
from chalicelib.pricing.rules import AppliedPromotion, LineDiscount, Quote, QuoteLine
from tests.books.breaking import A_SANTIM, Breakages
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


def breaks(broken: Callable[[Quote], Quote]) -> Callable[[Quote], Quote]:
    """Declare a way to break a frozen quote, whose total stays what its payment asks for."""

    def break_it(table: TableCopy) -> None:
        checkout = table.one(Checkout, status="cancelled")
        frozen = table.at(FrozenQuote, keys.checkout_quote(checkout.owner, checkout.checkout_id))
        table.change(frozen, quote=broken(frozen.quote))

    break_it.__name__ = broken.__name__
    breakages.of("quotes_add_up")(break_it)
    return broken


def with_lines(quote: Quote, change: Callable[[QuoteLine], dict[str, Any]]) -> Quote:
    """Return the quote with something else in every line."""
    return replace(quote, lines=tuple(replace(line, **change(line)) for line in quote.lines))


@breaks
def a_quotes_tax_is_not_that_of_its_lines(quote: Quote) -> Quote:
    return replace(quote, tax=quote.tax + A_SANTIM)


@breaks
def a_line_costs_more_than_its_units(quote: Quote) -> Quote:
    return with_lines(quote, lambda line: {"unit_price": line.unit_price + A_SANTIM})


@breaks
def a_line_is_not_the_sum_of_its_parts(quote: Quote) -> Quote:
    first, *others = quote.lines
    further = replace(first, shipping=first.shipping + A_SANTIM)
    return replace(quote, lines=(further, *others), shipping=quote.shipping + A_SANTIM)


@breaks
def a_quotes_discount_is_not_that_of_its_lines(quote: Quote) -> Quote:
    return replace(quote, discount=quote.discount + A_SANTIM)


@breaks
def a_line_has_a_discount_that_no_promotion_gave(quote: Quote) -> Quote:
    return with_lines(quote, lambda line: {"discount": A_SANTIM, "shipping": line.shipping + A_SANTIM})


@breaks
def a_promotion_took_what_the_quote_does_not_tell_of(quote: Quote) -> Quote:
    taken = LineDiscount("prm_NEW_YEAR", A_SANTIM)
    return with_lines(quote, lambda line: {"discounts": (taken,)})


@breaks
def a_promotion_gave_what_was_not_taken_off(quote: Quote) -> Quote:
    return replace(quote, applied=(AppliedPromotion("prm_NEW_YEAR", "ENKUTATASH", {"en": "New Year"}, A_SANTIM),))


@breaks
def a_line_costs_less_than_nothing(quote: Quote) -> Quote:
    less = Money(-1, "ETB")
    return with_lines(quote, lambda line: {"shipping": less, "subtotal": line.subtotal + line.shipping - less})


@breaks
def delivery_is_taxed_by_more_than_all_tax(quote: Quote) -> Quote:
    return with_lines(quote, lambda line: {"shipping_tax": line.tax + A_SANTIM})


@breaks
def a_rate_of_tax_has_other_tax_than_its_lines(quote: Quote) -> Quote:
    return with_lines(quote, lambda line: {"tax_percent": Decimal(2)})


@breaks
def what_is_taxed_is_not_what_is_paid(quote: Quote) -> Quote:
    return replace(quote, taxes=tuple(replace(share, base=share.base + A_SANTIM) for share in quote.taxes))


@breaks
def delivery_costs_less_than_it_does(quote: Quote) -> Quote:
    assert quote.delivery is not None
    return replace(quote, delivery=replace(quote.delivery, charge=quote.delivery.charge + A_SANTIM))


@breaks
def a_quote_mixes_currencies(quote: Quote) -> Quote:
    return with_lines(quote, lambda line: {"tax": Money(line.tax.minor, "USD")})
