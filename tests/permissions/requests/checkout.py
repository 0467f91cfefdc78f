"""Valid requests about checkouts."""

import uuid

from tests.permissions.asking import Ask, hasty, valid
from tests.permissions.stage import Stage
from tests.support.people import Person
from tests.support.shopper import ADDRESS, RETURN_URL, Shopper


@valid
def begin_checkout(stage: Stage, caller: Person) -> Ask:
    owner, cart_id = stage.with_a_cart(caller)
    draft = {"cart_id": cart_id, "email": owner.email, "shipping_address": ADDRESS, "return_url": RETURN_URL}
    return Ask(body=draft, headers={"idempotency_key": uuid.uuid4().hex}, by=owner)


@valid
def read_checkout(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"checkout_id": stage.purchase.checkout_id})


@valid
@hasty
def cancel_checkout(stage: Stage, caller: Person) -> Ask:
    owner, cart_id = stage.with_a_cart(caller)
    shopper = Shopper(stage.market, owner.api, owner.email, cart_id).goes_to_pay()
    return Ask(path={"checkout_id": shopper.checkout_id}, by=owner)
