"""What is a SKU sold for at one moment, and what must pricing know of it?"""

from dataclasses import dataclass

from chalicelib.core.money import Money
from chalicelib.pricing.rules import TaxClass


@dataclass(frozen=True)
class Offer:
    """What a SKU is sold for at one moment, and how that is taxed."""

    price: Money
    tax_class: TaxClass
