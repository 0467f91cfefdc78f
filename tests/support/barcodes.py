"""Which barcodes may goods of the tests have? Any whose last digit fits the others."""

import random


def with_check_digit(digits: str) -> str:
    """Return digits followed by the one that checks them (GS1)."""
    weighted = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return f"{digits}{-weighted % 10}"


def a_barcode(length: int = 13) -> str:
    """Return a barcode that nothing else has."""
    return with_check_digit("".join(random.choices("0123456789", k=length - 1)))
