"""Is every order what one checkout bought, findable by its number, and split without remainder?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from chalicelib.checkout.models import Checkout
from chalicelib.checkout.rules import CheckoutStatus
from chalicelib.core.storage import keys
from chalicelib.orders import service
from chalicelib.orders.models import Order, OrderNumber, SubOrder
from infra.books.ledger import Books, Troubles

_PARTS = ("subtotal", "discount", "shipping", "tax", "total")


def a_checkout_has_one_order(books: Books) -> Troubles:
    """A checkout buys once, and the order's id is the one that the checkout's gives."""
    for checkout_id, orders in books.orders.items():
        for order in orders:
            if len(orders) > 1:
                yield order.key, f"one of {len(orders)} orders of {checkout_id}"
            if order.order_id != service.order_id_for(checkout_id):
                yield order.key, f"{checkout_id} gives another id: {service.order_id_for(checkout_id)}"


def completed_checkouts_are_ordered(books: Books) -> Troubles:
    """A completed checkout names its order and an order its completed checkout; no other checkout names one."""
    for checkout in books.all(Checkout):
        yield from ((checkout.key, message) for message in _of_checkout(books, checkout))
    for order in books.all(Order):
        by = books.find(Checkout, keys.checkout(order.owner, order.checkout_id))
        if by is None:
            yield order.key, f"ordered by {order.checkout_id}, which its owner does not have"
        elif by.status != CheckoutStatus.COMPLETED:
            yield order.key, f"ordered by {order.checkout_id}, which is {by.status}"


def numbers_find_orders(books: Books) -> Troubles:
    """An order's number finds it, and every number given finds the order that carries it."""
    for order in books.all(Order):
        guard = books.find(OrderNumber, keys.order_number(order.number))
        if guard is None:
            yield order.key, f"nothing guards its number {order.number}"
    for guard in books.all(OrderNumber):
        found = books.find(Order, keys.order(guard.owner, guard.order_id))
        if found is None:
            yield guard.key, f"finds {guard.order_id} of {guard.owner}, which is not there"
        elif keys.order_number(found.number) != guard.key:
            yield guard.key, f"finds {guard.order_id}, whose number is {found.number}"


def sub_orders_make_up_the_order(books: Books) -> Troubles:
    """The vendors' parts are the order: each line once, with its own vendor, and every total to the santim."""
    parts: dict[str, list[SubOrder]] = defaultdict(list)
    for part in books.all(SubOrder):
        parts[part.order_id].append(part)
    for order in books.all(Order):
        yield from ((order.key, message) for message in _of_parts(order, parts.pop(order.order_id, [])))
    for orphans in parts.values():
        for part in orphans:
            yield part.key, f"part of {part.order_id}, which is not there"


def _of_checkout(books: Books, checkout: Checkout) -> Iterator[str]:
    if checkout.status != CheckoutStatus.COMPLETED:
        if checkout.order_id is not None:
            yield f"names {checkout.order_id}, but is {checkout.status}"
        return
    order = books.find(Order, keys.order(checkout.owner, str(checkout.order_id)))
    if order is None:
        yield f"completed by {checkout.order_id}, which its owner does not have"
    elif order.checkout_id != checkout.checkout_id:
        yield f"completed by {checkout.order_id}, which was ordered by {order.checkout_id}"


def _of_parts(order: Order, parts: Sequence[SubOrder]) -> Iterator[str]:
    for part in parts:
        if (part.number, part.owner) != (order.number, order.owner):
            yield f"its part of {part.vendor_id} belongs to {part.number} of {part.owner}"
        if any(line.vendor_id != part.vendor_id for line in part.share.lines):
            yield f"its part of {part.vendor_id} holds another vendor's line"
        for name in _PARTS:
            said, added = getattr(part.share, name).minor, sum(getattr(line, name).minor for line in part.share.lines)
            if said != added:
                yield f"its part of {part.vendor_id} says {name} {said}, its lines add up to {added}"
    listed = [line for part in parts for line in part.share.lines]
    lost = [line.sku for line in order.quote.lines if listed.count(line) != 1]
    extra = [line.sku for line in listed if line not in order.quote.lines]
    if lost or extra:
        yield f"its {len(parts)} parts lack or repeat {lost} and add {extra}"
