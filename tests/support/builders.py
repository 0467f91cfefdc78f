"""What does a purchase begin with? Goods with stock, a cart, and a checkout, each with sensible defaults."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.addresses.rules import Place
from chalicelib.carts import service as carts
from chalicelib.carts.models import Cart
from chalicelib.catalog.models import Variant
from chalicelib.checkout import service as checkouts
from chalicelib.checkout.models import Checkout
from chalicelib.checkout.service import Buyer, CheckoutRef
from chalicelib.core import clock, ids, tokens
from chalicelib.core.money import Money
from chalicelib.core.storage import keys, transactions
from chalicelib.inventory import store as stock_room
from chalicelib.inventory.models import Stock
from chalicelib.payments import service as payments
from chalicelib.payments.models import Payment, PaymentAttempt, Refund
from chalicelib.payments.rules import AttemptStatus, PaymentMethod, PaymentStatus, RefundProblem, RefundReason

COFFEE, GABI = "COFFEE-250G", "GABI-WHITE"
BUYER = "almaz.tesfaye@example.com"
RETURN_URL = "https://storefront.test/thanks"


def birr(amount: int) -> Money:
    return Money(amount * 100, "ETB")


def an_address(**changed: str) -> Place:
    given = {"name": "Almaz Tesfaye", "phone": "+251911223344", "line1": "Bole Road 12", "city": "Addis Ababa"}
    return Place(**{"country": "ET", **given, **changed})


def a_variant(
    sku: str = COFFEE,
    *,
    price: Money | None = None,
    left: int = 3,
    vendor: str = "yirga",
    is_for_sale: bool = True,
    **priced: Any,
) -> Variant:
    """Put something on sale, with so many units left; again to change it."""
    product_id = product_of(sku)
    variant = Variant.at(
        keys.variant(sku),
        sku=sku,
        product_id=product_id,
        vendor_id=f"ven_{vendor}",
        title={"en": f"Best {sku.lower()}", "am": "ምርጥ ቡና"},
        options={"size": "usual"},
        price=price or birr(250),
        weight_grams=250,
        is_for_sale=is_for_sale,
        **priced,
    )
    stock = Stock.at(keys.stock(product_id, sku), product_id=product_id, sku=sku, available=left, on_hand=left)
    with transactions.write() as work:
        work.replace(variant)
        work.replace(stock)
    return variant


def product_of(sku: str) -> str:
    return f"prd_{sku.lower()}"


def left_of(sku: str = COFFEE) -> int:
    """Units of a SKU that can still be sold."""
    stock, _ = stock_room.stock_with_watch(product_of(sku), sku)
    assert stock is not None
    return stock.available


def a_cart(
    owner: str | None = None,
    *,
    with_lines: int = 1,
    of: Sequence[str] = (),
    quantities: Mapping[str, int] | None = None,
) -> Cart:
    """A cart of a guest, or of the customer with that id; its goods are put on sale unless they are named."""
    goods = list(of) or [f"{COFFEE}-{number}" for number in range(1, with_lines + 1)]
    cart = carts.open_cart(owner, None).cart
    for number, sku in enumerate(goods):
        if not of:
            a_variant(sku, vendor=f"shop{number}")
        carts.add_line(cart.owner_id, cart.cart_id, sku=sku, quantity=(quantities or {}).get(sku, 1))
    return carts.get(cart.owner_id, cart.cart_id)


def a_buyer(**changed: Any) -> Buyer:
    given: dict[str, Any] = {"email": BUYER, "locale": "en", "shipping_address": an_address(), "return_url": RETURN_URL}
    return Buyer(**{**given, **changed})


def a_checkout(cart: Cart | None = None, *, buyer: Buyer | None = None, **cart_options: Any) -> Checkout:
    """A checkout that has just begun; no execution runs for it."""
    cart = cart or a_cart(**cart_options)
    return checkouts.begin(cart.owner_id, cart.cart_id, buyer or a_buyer(), accepted_total=None).checkout


def a_started_checkout(cart: Cart | None = None, **cart_options: Any) -> CheckoutRef:
    """A checkout whose execution runs."""
    checkout = a_checkout(cart, **cart_options)
    checkouts.ensure_started(checkout.owner, checkout.checkout_id, attempt=1)
    return the_ref(checkout)


def the_ref(checkout: Checkout, attempt: int | None = None) -> CheckoutRef:
    return CheckoutRef(checkout.checkout_id, checkout.owner, attempt or checkout.attempt)


def as_it_is(ref: CheckoutRef) -> Checkout:
    """The checkout as it is stored now."""
    return checkouts.get_checkout(ref.owner, ref.checkout_id)


def a_payment(
    amount: Money | None = None, *, payment_id: str = "pmt_1", method: PaymentMethod = PaymentMethod.CHAPA
) -> Payment:
    """A payment nobody was asked for yet."""
    return payments.begin(
        payment_id=payment_id, checkout_id="chk_1", owner="usr_almaz", amount=amount or birr(350), method=method
    )


def the_payment(payment_id: str = "pmt_1") -> Payment:
    return payments.get_payment(payment_id)


def money_owed_back(problem: RefundProblem | None = None) -> Refund:
    """Captured money of a checkout that nobody remembers; it is on its way back, or left to people."""
    tx_ref, payment_id = ids.new("pay"), ids.new("pmt")
    payment = payments.begin(payment_id=payment_id, checkout_id=ids.new("chk"), owner="usr_almaz", amount=birr(350))
    attempt = PaymentAttempt.at(
        keys.payment_attempt(tx_ref),
        tx_ref=tx_ref,
        payment_id=payment_id,
        amount=birr(350),
        status=AttemptStatus.CAPTURED,
        paid=birr(350),
        made_at=clock.as_text(clock.now()),
    )
    payment.status, payment.tx_refs, payment.captured_tx_ref = PaymentStatus.REFUND_DUE, [tx_ref], tx_ref
    with transactions.write() as work:
        work.save(payment)
        return payments.begin_refund(payment, attempt, amount=birr(350), reason=RefundReason.NO_ORDER, problem=problem)


def a_draft(cart_id: str, **changed: Any) -> dict[str, Any]:
    """The body of ``POST /checkouts``."""
    address = {"name": "Almaz Tesfaye", "phone": "+251911223344", "line1": "Bole Road 12", "city": "Addis Ababa"}
    given = {"cart_id": cart_id, "email": BUYER, "shipping_address": address, "return_url": RETURN_URL}
    return {**given, **changed}


def a_guests_token(cart: Cart) -> str:
    return tokens.guest_token(cart.cart_id)
