"""Valid requests about carts."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
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


def _a_line(stage: Stage, caller: Person) -> tuple[Person, dict[str, str]]:
    owner, cart_id = stage.with_a_cart(caller)
    (line,) = owner.api.must("GET", f"/carts/{cart_id}")["lines"]
    return owner, {"cart_id": cart_id, "line_id": line["id"]}
