"""How do tests press the button?"""

from typing import Any

from chalicelib.carts.models import Cart
from chalicelib.checkout.routes import router
from chalicelib.checkout.service import CheckoutRef
from chalicelib.core.http import Api
from tests.support.builders import (
    a_draft,
    a_guests_token,
)
from tests.support.calling import Client, Response


def client(token: str) -> Client:
    """A caller with an app of its own, as each Lambda has."""
    return Client(Api("checkout", router)).signed_with(token)


def begun(cart: Cart, *, key: str = "first-try", token: str | None = None, **changed: Any) -> Response:
    caller = client(token or a_guests_token(cart))
    return caller.post("/checkouts", {**a_draft(cart.cart_id), **changed}, idempotency_key=key)


def ref_of(answer: Response, cart: Cart) -> CheckoutRef:
    assert answer.status == 202, answer.text
    return CheckoutRef(answer.json["id"], cart.owner_id, 1)
