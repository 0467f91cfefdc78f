"""How does a shopper read and fill a cart? Each change is one read and one conditional write."""

from chalicelib.carts import rules, store
from chalicelib.carts.errors import CartNotFound, SkuNotForSale
from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartLine
from chalicelib.carts.service.changing import changeable, limits, save
from chalicelib.catalog import service as catalog
from chalicelib.core.storage import transactions
from chalicelib.core.storage.table import Item


def get(owner_id: str, cart_id: str) -> Cart:
    """Read an owner's cart. Raises ``CartNotFound``, for somebody else's too."""
    cart = store.find_cart(owner_id, cart_id)
    if cart is None:
        raise CartNotFound()
    return cart


def add_line(owner_id: str, cart_id: str, *, sku: str, quantity: int, if_version: int | None = None) -> Cart:
    """Put units of a SKU in, beside those that are in; the line gets today's price and texts."""
    cart, variant = store.cart_beside(owner_id, cart_id, catalog.variant_key(sku))
    cart = changeable(cart, if_version)
    cart.lines = rules.with_line(cart.lines, _offer(cart, variant, sku=sku, quantity=quantity), limits())
    save(cart)
    return cart


def set_quantity(owner_id: str, cart_id: str, *, line_id: str, quantity: int, if_version: int | None = None) -> Cart:
    """Set how many units a line has; it gets today's price and texts too."""
    sku = rules.sku_of(line_id)
    cart, variant = store.cart_beside(owner_id, cart_id, catalog.variant_key(sku))
    cart = changeable(cart, if_version)
    rules.demand_line(cart.lines, line_id)
    cart.lines = rules.with_changed_line(cart.lines, _offer(cart, variant, sku=sku, quantity=quantity), limits())
    save(cart)
    return cart


def remove_line(owner_id: str, cart_id: str, *, line_id: str, if_version: int | None = None) -> Cart:
    """Take a line out."""
    cart = changeable(store.find_cart(owner_id, cart_id), if_version)
    cart.lines = rules.without_line(cart.lines, line_id)
    save(cart)
    return cart


def discard(owner_id: str, cart_id: str, *, if_version: int | None = None) -> None:
    """Delete a cart with all that is in it; nobody reacts to that, and a customer's next one is new."""
    cart = changeable(store.find_cart(owner_id, cart_id), if_version)
    with transactions.write() as work:
        work.delete(cart, when=Cart.version == cart.version)


def _offer(cart: Cart, found: Item | None, *, sku: str, quantity: int) -> CartLine:
    variant = catalog.sellable(found)
    offer = catalog.offers_in([variant], cart.prepared.currency).get(sku) if variant else None
    if variant is None or offer is None:
        raise SkuNotForSale(sku=sku)
    return CartLine(
        sku=variant.sku,
        product_id=variant.product_id,
        vendor_id=variant.vendor_id,
        title=variant.title,
        options=variant.options,
        unit_price=offer.price,
        quantity=quantity,
        weight_grams=variant.weight_grams,
    )
