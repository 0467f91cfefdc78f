"""What is an order made of, and how is it split among vendors?"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chalicelib.core.money import Money, total_of
from chalicelib.pricing.rules import Quote, QuoteLine, line_with_discounts, percent_behind

# Without vowels and look-alikes, so that a number can be read out and spells nothing.
_NUMBER_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
_NUMBER_LENGTH = 8


class OrderStatus(StrEnum):
    PLACED = "placed"


@dataclass(frozen=True)
class Share:
    """What one vendor has to deliver, with its part of every total."""

    vendor_id: str
    lines: tuple[QuoteLine, ...]
    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money


def new_number() -> str:
    """Return a random-looking order number; a guard item makes it unique. It promises no sequence."""
    letters = "".join(secrets.choice(_NUMBER_LETTERS) for _ in range(_NUMBER_LENGTH))
    return f"NX-{letters[:4]}-{letters[4:]}"


def shares(quote: Quote) -> list[Share]:
    """Split a quote among its vendors, in the order of their first line."""
    vendors = list(dict.fromkeys(line.vendor_id for line in quote.lines))
    return [_share(vendor, [line for line in quote.lines if line.vendor_id == vendor], quote) for vendor in vendors]


def share_with_discounts(share: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored share with what promotions and several rates of tax added; it did not tell its one rate."""
    parts = {name: share[name]["amount"] for name in ("subtotal", "shipping", "total")}
    is_included = parts["total"] == parts["subtotal"] + parts["shipping"]
    percent = percent_behind(share["lines"], is_included=is_included)
    lines = [line_with_discounts(line, percent, is_included=is_included) for line in share["lines"]]
    return {**share, "lines": lines, "discount": share["total"] | {"amount": 0}}


def _share(vendor_id: str, lines: Sequence[QuoteLine], quote: Quote) -> Share:
    return Share(
        vendor_id=vendor_id,
        lines=tuple(lines),
        subtotal=total_of([line.subtotal for line in lines], quote.currency),
        discount=total_of([line.discount for line in lines], quote.currency),
        shipping=total_of([line.shipping for line in lines], quote.currency),
        tax=total_of([line.tax for line in lines], quote.currency),
        total=total_of([line.total for line in lines], quote.currency),
    )
