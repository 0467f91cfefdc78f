"""What does a reminder of a cart say? Texts only, each a single line, with money as its reader writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.core.money import Money
from chalicelib.notifications.rules.confirming import ConfirmedLine, money_text, one_line


@dataclass(frozen=True)
class LeftLine:
    """Some units that were left in a cart, at today's price."""

    title: str
    options: Mapping[str, str]
    quantity: int
    price: Money


@dataclass(frozen=True)
class CartReminder:
    """All that the mail names; no name and no address, since whoever reads it may be somebody else."""

    lines: tuple[ConfirmedLine, ...]
    link: str
    opt_out_link: str


def cart_reminder(lines: Sequence[LeftLine], *, link: str, opt_out_link: str, locale: str) -> CartReminder:
    """Return what to tell whoever left a cart."""
    return CartReminder(tuple(_line(each, locale) for each in lines), link, opt_out_link)


def _line(line: LeftLine, locale: str) -> ConfirmedLine:
    return ConfirmedLine(
        title=one_line(line.title),
        options=one_line(", ".join(f"{name}: {value}" for name, value in line.options.items())),
        quantity=line.quantity,
        unit_price=money_text(line.price, locale),
        subtotal=money_text(line.price * line.quantity, locale),
    )
