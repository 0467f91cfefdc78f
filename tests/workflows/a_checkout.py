"""A checkout with every step of the real one, where nothing is at stake."""

from dataclasses import dataclass

from chalicelib.core.workflows.workflow import Workflow


@dataclass(frozen=True)
class CheckoutRef:
    """Whose checkout, which one, and which attempt at it."""

    checkout_id: str
    owner: str
    attempt: int
    task_token: str | None = None


checkout = Workflow("checkout")


@checkout.undo
def reopen_cart(ref: CheckoutRef) -> str:
    return "reopened"


@checkout.step
def reserve_stock(ref: CheckoutRef) -> str:
    return "out_of_stock" if ref.attempt > 1 else "reserved"


@reserve_stock.undo
def release_stock(ref: CheckoutRef) -> str:
    return "released"


@checkout.step
def open_payment(ref: CheckoutRef) -> str:
    raise ConnectionError("the payment service does not answer")


@open_payment.undo
def close_payment(ref: CheckoutRef) -> str:
    return "closed"


@checkout.step
def await_payment(ref: CheckoutRef) -> str:
    return f"waiting with {ref.task_token}"


@checkout.step
def place_order(ref: CheckoutRef) -> str:
    return "placed"


@place_order.undo_unless("already_placed")
def refuse_order(ref: CheckoutRef) -> str:
    return "already_placed" if ref.owner == "usr_who_has_an_order" else "refused"
