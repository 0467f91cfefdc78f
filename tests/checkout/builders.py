"""How far has a purchase come when a test of checkout begins?"""

from chalicelib.carts import service as carts
from chalicelib.carts.models import Cart
from chalicelib.checkout.service import CheckoutRef
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find, partition
from chalicelib.core.storage.transactions import settled
from chalicelib.inventory import store as stock_room
from chalicelib.orders import service as orders
from chalicelib.orders.models import Order, SubOrder
from chalicelib.payments import service as payments
from chalicelib.payments.models import Payment
from chalicelib.payments.rules import RefundStatus
from tests.support.builders import COFFEE, GABI, a_cart, a_started_checkout, a_variant, as_it_is, birr, the_payment
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, step

UNDO_CHAIN = ("refuse_order", "close_payment", "release_stock", "reopen_cart")


def an_awaited_payment(machine: WaitingMachine, ref: CheckoutRef | None = None) -> CheckoutRef:
    """A checkout whose goods are held and whose shopper has a page to pay on."""
    ref = ref or a_started_checkout(a_two_vendor_cart())
    assert step("reserve_stock", ref) == "reserved"
    assert step("open_payment", ref) == "ready"
    assert step("await_payment", ref, task_token=machine.token(ref)) == "waiting"
    return ref


def a_paid_checkout(machine: WaitingMachine, till: Till) -> CheckoutRef:
    """A checkout whose money came and whose order is to be placed next."""
    ref = an_awaited_payment(machine)
    till.pay(reference_of(ref))
    verify(ref)
    assert machine.resumed_with(ref) == "paid"
    return ref


def a_two_vendor_cart(owner: str | None = None, *, left: int = 3) -> Cart:
    """Two coffees and a gabi, of two vendors."""
    a_variant(COFFEE, price=birr(250), left=left, vendor="yirga")
    a_variant(GABI, price=birr(1800), left=left, vendor="shiromeda")
    return a_cart(owner, of=[COFFEE, GABI], quantities={COFFEE: 2})


def payment_of(ref: CheckoutRef) -> Payment:
    return the_payment(as_it_is(ref).payment_id)


def reference_of(ref: CheckoutRef) -> str:
    """The reference of the page that the shopper was sent to."""
    return payment_of(ref).tx_refs[-1]


def verify(ref: CheckoutRef) -> None:
    settled(lambda: payments.verify(reference_of(ref)))


def reservation(ref: CheckoutRef) -> str | None:
    found = stock_room.find_reservation(ref.reservation_id)
    return found.status if found else None


def the_order(ref: CheckoutRef) -> Order | None:
    return find(Order, keys.order(ref.owner, orders.order_id_for(ref.checkout_id)))


def sub_orders(*vendors: str) -> list[SubOrder]:
    found = [item for vendor in vendors for item in partition(keys.vendor_orders(f"ven_{vendor}"), consistent=True)]
    return [item for item in found if isinstance(item, SubOrder)]


def cart_status(ref: CheckoutRef) -> str:
    return carts.get(ref.owner, as_it_is(ref).cart_id).status


def owed() -> list[tuple[str, str]]:
    """Reference and reason of all that must go back."""
    found = [each for status in RefundStatus for each in payments.refunds_in(status, after=None, limit=10).items]
    return [(refund.tx_ref, refund.reason) for refund in found]
