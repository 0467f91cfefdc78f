"""Which steps does the checkout machine call? Each do with its undo directly below."""

from chalicelib.checkout import service
from chalicelib.checkout.service import CheckoutRef, Outcome
from chalicelib.core.workflows.workflow import Workflow

checkout = Workflow("checkout")


@checkout.undo
def reopen_cart(ref: CheckoutRef) -> Outcome:
    """End the checkout and give the cart back. The cart was held before the execution began."""
    return service.reopen_cart(ref)


@checkout.step
def reserve_stock(ref: CheckoutRef) -> Outcome:
    """Hold every unit, or none."""
    return service.reserve_stock(ref)


@reserve_stock.undo
def release_stock(ref: CheckoutRef) -> Outcome:
    """Give the held units back."""
    return service.release_stock(ref)


@checkout.step
def open_payment(ref: CheckoutRef) -> Outcome:
    """Get a payment page."""
    return service.open_payment(ref)


@open_payment.undo
def close_payment(ref: CheckoutRef) -> Outcome:
    """Take no more money."""
    return service.close_payment(ref)


@checkout.step
def await_payment(ref: CheckoutRef) -> Outcome:
    """Leave word who waits. There is nothing to undo: a token that nobody uses does nothing."""
    return service.await_payment(ref)


@checkout.step
def place_order(ref: CheckoutRef) -> Outcome:
    """Turn money and stock into an order."""
    return service.place_order(ref)


@place_order.undo_unless(Outcome.ALREADY_PLACED, Outcome.SUPERSEDED)
def refuse_order(ref: CheckoutRef) -> Outcome:
    """Bar the order, unless it is placed; then nothing more is undone."""
    return service.refuse_order(ref)
