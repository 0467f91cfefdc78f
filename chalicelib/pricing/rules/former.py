"""How does a quote read that was stored when there was one rate of tax, flat delivery, and no promotion?

Stored texts are brought to today's shape as plain data. Only what is new is added.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from chalicelib.core.money import Money
from chalicelib.pricing.rules.taxing import tax_on

Told = Mapping[str, Any]
_DIGITS = (0, 1, 2)


def with_discounts(quote: Told) -> dict[str, Any]:
    """Return a stored quote with what promotions, several rates of tax and ways of delivery have added to quotes."""
    percent, total, is_included = Decimal(quote["tax_percent"]), quote["total"], quote["prices_include_tax"]
    tax = quote["tax"]["amount"]
    base = total["amount"] - tax
    share = {"percent": str(percent), "base": total | {"amount": base}, "tax": quote["tax"]}
    return {
        **quote,
        "lines": [line_with_discounts(line, percent, is_included=is_included) for line in quote["lines"]],
        "discount": total | {"amount": 0},
        "applied": [],
        "taxes": [share] if base or tax else [],
    }


def line_with_discounts(line: Told, percent: Decimal, *, is_included: bool) -> dict[str, Any]:
    """Return a stored line with no discount, and its tax told apart as that on goods and that on delivery."""
    subtotal, tax = line["subtotal"], line["tax"]
    on_goods = tax_on(Money(subtotal["amount"], subtotal["currency"]), percent, is_included=is_included)
    return {
        **line,
        "discounts": [],
        "discount": subtotal | {"amount": 0},
        "tax_percent": str(percent),
        "shipping_tax_percent": str(percent),
        "shipping_tax": tax | {"amount": tax["amount"] - on_goods.minor},
    }


def percent_behind(lines: Sequence[Told], *, is_included: bool) -> Decimal:
    """Return the one rate that lines were taxed at, by their amounts: the plainest that gives each line's tax."""
    listed = sum(line["subtotal"]["amount"] + line["shipping"]["amount"] for line in lines)
    tax = sum(line["tax"]["amount"] for line in lines)
    base = listed - tax if is_included else listed
    exact = Decimal(100 * tax) / base if base else Decimal(0)
    rounded = [round(exact, digits) for digits in _DIGITS]
    fitting = (each for each in rounded if all(_is_taxed_at(each, line, is_included) for line in lines))
    return next(fitting, rounded[-1])


def _is_taxed_at(percent: Decimal, line: Told, is_included: bool) -> bool:
    listed = Money(line["subtotal"]["amount"] + line["shipping"]["amount"], line["total"]["currency"])
    return tax_on(listed, percent, is_included=is_included).minor == int(line["tax"]["amount"])
