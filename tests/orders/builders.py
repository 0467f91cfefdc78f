"""Which orders do these tests begin with?"""

from typing import Any

from chalicelib.core import ids
from chalicelib.core.storage import transactions
from chalicelib.orders import service as orders
from chalicelib.orders.models import Order
from chalicelib.orders.service import Purchase
from tests.notifications.builders import Goods, a_quote
from tests.support.builders import BUYER, an_address

GABI = Goods("GABI-WHITE", "prd_gabi", "ven_shiromeda", {"en": "Gabi", "am": "ጋቢ"}, {}, quantity=1)


def a_purchase(owner: str = "usr_almaz", *goods: Goods, checkout_id: str | None = None, **said: Any) -> Purchase:
    checkout_id = checkout_id or ids.new("chk")
    return Purchase(
        owner=owner,
        checkout_id=checkout_id,
        payment_id=ids.sibling(checkout_id, "pmt"),
        reservation_id=f"{checkout_id}-1",
        email=BUYER,
        locale="en",
        quote=a_quote(*(goods or (Goods(), GABI))),
        **{"shipping_address": an_address(region="Oromia"), **said},
        cart_id=ids.sibling(checkout_id, "crt"),
    )


def an_order(owner: str = "usr_almaz", *goods: Goods, **said: Any) -> Order:
    """Place an order as a checkout does."""
    with transactions.write():
        return orders.place(a_purchase(owner, *goods, **said))
