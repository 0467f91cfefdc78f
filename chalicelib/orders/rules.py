"""What is an order made of, and how is it split among vendors?"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.core.money import Money, total_of
from chalicelib.pricing.rules import Quote, QuoteLine

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


def _share(vendor_id: str, lines: Sequence[QuoteLine], quote: Quote) -> Share:
    return Share(
        vendor_id=vendor_id,
        lines=tuple(lines),
        subtotal=total_of([line.subtotal for line in lines], quote.currency),
        shipping=total_of([line.shipping for line in lines], quote.currency),
        tax=total_of([line.tax for line in lines], quote.currency),
        total=total_of([line.total for line in lines], quote.currency),
    )
