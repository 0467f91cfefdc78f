"""Do the parts of every stored quote make up its totals, to the santim?"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from chalicelib.checkout.models import FrozenQuote
from chalicelib.orders.models import Order
from chalicelib.pricing.rules import Quote, QuoteLine
from infra.books.ledger import Books, Troubles

_PARTS = ("subtotal", "discount", "shipping", "tax", "total")


def quotes_add_up(books: Books) -> Troubles:
    """A line's parts make its total, and lines make totals, discounts and taxes, in one currency, none below zero."""
    holders: list[Order | FrozenQuote] = [*books.all(Order), *books.all(FrozenQuote)]
    for holder in holders:
        yield from ((holder.key, message) for message in mistakes(holder.quote))


def mistakes(quote: Quote) -> Iterator[str]:
    """Tell of everything in a quote that does not add up."""
    for line in quote.lines:
        yield from (f"{line.sku}: {message}" for message in _of_line(line, quote.prices_include_tax))
    yield from _of_totals(quote)
    yield from _of_taxes(quote)
    yield from _of_promotions(quote)


def _of_line(line: QuoteLine, is_included: bool) -> Iterator[str]:
    listed = line.subtotal.minor - line.discount.minor + line.shipping.minor
    total = listed if is_included else listed + line.tax.minor
    taken = sum(each.amount.minor for each in line.discounts)
    if line.subtotal.minor != line.unit_price.minor * line.quantity:
        yield f"{line.quantity} x {line.unit_price.minor} is not {line.subtotal.minor}"
    if line.total.minor != total:
        yield f"in all {line.total.minor}, its parts add up to {total}"
    if line.discount.minor != taken:
        yield f"discount {line.discount.minor}, its promotions took {taken}"
    if line.discount.minor > line.subtotal.minor:
        yield f"discount {line.discount.minor} of {line.subtotal.minor}"
    if line.shipping_tax.minor > line.tax.minor:
        yield f"tax {line.tax.minor}, on delivery alone {line.shipping_tax.minor}"
    amounts = {name: getattr(line, name).minor for name in (*_PARTS, "shipping_tax")}
    if below := {name: minor for name, minor in amounts.items() if minor < 0}:
        yield f"less than nothing: {below}"


def _of_totals(quote: Quote) -> Iterator[str]:
    for name in _PARTS:
        said, added = getattr(quote, name).minor, sum(getattr(line, name).minor for line in quote.lines)
        if said != added:
            yield f"{name} {said}, its lines add up to {added}"
    currencies = {getattr(part, name).currency for part in (quote, *quote.lines) for name in _PARTS}
    if len(currencies) > 1:
        yield f"mixes {' and '.join(sorted(currencies))}"


def _of_taxes(quote: Quote) -> Iterator[str]:
    """Each percentage has the tax of its lines on what they cost without it, and all of that is the total."""
    by_percent: dict[Decimal, int] = defaultdict(int)
    for line in quote.lines:
        by_percent[line.tax_percent] += line.tax.minor - line.shipping_tax.minor
        by_percent[line.shipping_tax_percent] += line.shipping_tax.minor
    said = {share.percent: share.tax.minor for share in quote.taxes if share.tax.minor}
    added = {percent: tax for percent, tax in by_percent.items() if tax}
    if said != added:
        yield f"taxes {said}, its lines add up to {added}"
    whole = sum(share.base.minor + share.tax.minor for share in quote.taxes)
    if whole != quote.total.minor:
        yield f"total {quote.total.minor}, what is taxed adds up to {whole}"


def _of_promotions(quote: Quote) -> Iterator[str]:
    """What a promotion gave was taken off the lines, or off the charge for delivery."""
    taken: dict[str, int] = defaultdict(int)
    for line in quote.lines:
        for each in line.discounts:
            taken[each.promotion_id] += each.amount.minor
    told = {each.promotion_id: each.amount.minor for each in quote.applied}
    if untold := [promotion_id for promotion_id, minor in taken.items() if told.get(promotion_id) != minor]:
        yield f"{untold} took {dict(taken)}, told is {told}"
    off_delivery = quote.delivery.charge.minor - quote.shipping.minor if quote.delivery else 0
    if sum(told.values()) != quote.discount.minor + off_delivery:
        yield f"promotions gave {sum(told.values())}, taken off are {quote.discount.minor} and {off_delivery}"
