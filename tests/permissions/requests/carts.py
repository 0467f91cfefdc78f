"""Valid requests about carts."""

from chalicelib.carts.service import readers
from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.market import new_address, working_on
from tests.support.people import Person


@valid
def open_cart(stage: Stage, caller: Person) -> Ask:
    return Ask(body={})


@valid
def read_cart(stage: Stage, caller: Person) -> Ask:
    owner, cart_id = stage.with_a_cart(caller)
    return Ask(path={"cart_id": cart_id}, by=owner)


@valid
def review_cart(stage: Stage, caller: Person) -> Ask:
    owner, cart_id = stage.with_a_cart(caller)
    return Ask(path={"cart_id": cart_id}, by=owner)


@valid
def prepare_cart(stage: Stage, caller: Person) -> Ask:
    owner, cart_id = stage.with_a_cart(caller)
    return Ask(path={"cart_id": cart_id}, body={"email": "almaz@example.com", "phone": "0911223344"}, by=owner)


@valid
def delete_cart(stage: Stage, caller: Person) -> Ask:
    owner, cart_id = stage.with_a_cart(caller)
    return Ask(path={"cart_id": cart_id}, by=owner)


@valid
def add_cart_line(stage: Stage, caller: Person) -> Ask:
    owner, cart_id = stage.with_a_cart(caller)
    return Ask(path={"cart_id": cart_id}, body={"sku": stage.goods.sku, "quantity": 1}, by=owner)


@valid
def change_cart_line(stage: Stage, caller: Person) -> Ask:
    owner, line = _a_line(stage, caller)
    return Ask(path=line, body={"quantity": 2}, by=owner)


@valid
def remove_cart_line(stage: Stage, caller: Person) -> Ask:
    owner, line = _a_line(stage, caller)
    return Ask(path=line, by=owner)


@valid
def recover_cart(stage: Stage, caller: Person) -> Ask:
    """By the link that a reminder would carry."""
    guest = stage.market.api
    opened = guest.must("POST", "/carts", {})
    path = f"/carts/{opened['id']}"
    owner = guest.signed_with(opened["token"])
    owner.must("POST", f"{path}/lines", {"sku": stage.goods.sku, "quantity": 1})
    owner.must("PATCH", path, {"email": new_address("guest")})
    with working_on(stage.market.shop):
        return Ask(body={"token": readers.recovery_token(opened["id"])})


@valid
def opt_out_of_cart_reminders(stage: Stage, caller: Person) -> Ask:
    with working_on(stage.market.shop):
        return Ask(path={"token": readers.opt_out_token(new_address("guest"))})


@valid
def read_cart_recoveries(stage: Stage, caller: Person) -> Ask:
    return Ask(query={"month": "2026-11"})


def _a_line(stage: Stage, caller: Person) -> tuple[Person, dict[str, str]]:
    owner, cart_id = stage.with_a_cart(caller)
    (line,) = owner.api.must("GET", f"/carts/{cart_id}")["lines"]
    return owner, {"cart_id": cart_id, "line_id": line["id"]}
