"""Is every cart where its status says: free, held by one checkout, ordered, or poured into another?"""

from collections.abc import Iterator

from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartStatus, Limits, stored_bytes_of
from chalicelib.checkout.models import Checkout
from chalicelib.checkout.rules import CheckoutStatus
from chalicelib.core.storage import keys
from infra.books.ledger import Books, Troubles, is_unfinished

_NAMES_A_CHECKOUT = frozenset({CartStatus.CHECKING_OUT, CartStatus.CONVERTED})


def held_carts_are_in_checkout(books: Books) -> Troubles:
    """A held cart has an unfinished checkout that holds it, and a first attempt holds its cart.

    A later attempt is made for late money, when the shopper has the cart back already.
    """
    for cart in books.all(Cart):
        if cart.status != CartStatus.CHECKING_OUT:
            continue
        checkout = books.find(Checkout, keys.checkout(cart.owner_id, str(cart.checkout_id)))
        if checkout is None or checkout.cart_id != cart.cart_id:
            yield cart.key, f"held by {cart.checkout_id}, which knows nothing of it"
        elif not is_unfinished(checkout):
            yield cart.key, f"held by {cart.checkout_id}, which is {checkout.status}"
    for checkout in books.all(Checkout):
        if is_unfinished(checkout) and checkout.attempt == 1:
            held = books.find(Cart, keys.cart(checkout.owner, checkout.cart_id))
            if held is None or (held.status, held.checkout_id) != (CartStatus.CHECKING_OUT, checkout.checkout_id):
                yield checkout.key, f"does not hold {checkout.cart_id}, which is {_standing(held)}"


def converted_carts_became_orders(books: Books) -> Troubles:
    """A converted cart names the checkout whose order it became, and a first attempt's order converts its cart."""
    for cart in books.all(Cart):
        if cart.status == CartStatus.CONVERTED:
            orders = books.orders.get(str(cart.checkout_id), [])
            if not any(order.owner == cart.owner_id for order in orders):
                yield cart.key, f"converted by {cart.checkout_id}, which ordered nothing for its owner"
    for checkout in books.all(Checkout):
        if checkout.status == CheckoutStatus.COMPLETED and checkout.attempt == 1:
            bought = books.find(Cart, keys.cart(checkout.owner, checkout.cart_id))
            if bought is not None and bought.status != CartStatus.CONVERTED:
                yield bought.key, f"bought by {checkout.checkout_id}, but {bought.status}"


def free_carts_name_no_checkout(books: Books) -> Troubles:
    """Only a held or a converted cart names a checkout."""
    for cart in books.all(Cart):
        if cart.status not in _NAMES_A_CHECKOUT and cart.checkout_id is not None:
            yield cart.key, f"{cart.status}, but names {cart.checkout_id}"


def merged_carts_went_into_another(books: Books) -> Troubles:
    """A merged guest's cart names a customer's cart, which may be gone by now; no other cart names one."""
    owners = {cart.cart_id: cart.owner_id for cart in books.all(Cart)}
    for cart in books.all(Cart):
        into = cart.merged_into
        if (cart.status == CartStatus.MERGED) != (into is not None):
            yield cart.key, f"{cart.status}, merged into {into}"
        elif into is not None and owners.get(into) == into:
            yield cart.key, f"merged into {into}, which is a guest's"


def carts_keep_to_the_limits(books: Books) -> Troubles:
    """No cart holds more than one order can carry, and each SKU has one line."""
    for cart in books.all(Cart):
        yield from ((cart.key, message) for message in _excesses(cart, books.limits))


def _excesses(cart: Cart, limits: Limits) -> Iterator[str]:
    skus, vendors = {line.sku for line in cart.lines}, {line.vendor_id for line in cart.lines}
    if len(skus) < len(cart.lines):
        yield f"{len(cart.lines)} lines for {len(skus)} SKUs"
    if len(skus) > limits.skus:
        yield f"{len(skus)} SKUs; the limit is {limits.skus}"
    if len(vendors) > limits.vendors:
        yield f"{len(vendors)} vendors; the limit is {limits.vendors}"
    if (size := stored_bytes_of(cart.lines)) > limits.stored_bytes:
        yield f"{size} bytes of lines; the limit is {limits.stored_bytes}"
    for line in cart.lines:
        if not 1 <= line.quantity <= limits.quantity:
            yield f"{line.quantity} of {line.sku}; the limit is {limits.quantity}"


def _standing(cart: Cart | None) -> str:
    return f"{cart.status} with {cart.checkout_id}" if cart else "not there"
