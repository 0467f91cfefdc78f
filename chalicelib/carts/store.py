"""How are carts found?"""

from collections.abc import Iterable

from chalicelib.carts.models import Cart, CurrentCart
from chalicelib.core.storage import keys
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, find, find_many


def find_cart(owner_id: str, cart_id: str) -> Cart | None:
    """Read one owner's cart; somebody else's is not there."""
    return find(Cart, keys.cart(owner_id, cart_id))


def cart_beside(owner_id: str, cart_id: str, other: Key) -> tuple[Cart | None, Item | None]:
    """Read an owner's cart and one other item at once."""
    here = keys.cart(owner_id, cart_id)
    found = {item.key: item for item in find_many([here, other])}
    cart = found.get(here)
    return cart if isinstance(cart, Cart) else None, found.get(other)


def find_current(user_id: str) -> CurrentCart | None:
    """Read which cart a customer is filling."""
    return find(CurrentCart, keys.current_cart(user_id))


def goods(*keys_of_goods: Iterable[Key]) -> list[Item]:
    """Read what a cart's lines are about, by the keys that other domains give out."""
    return find_many(key for some in keys_of_goods for key in some)
