"""Valid requests about stock."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person


@valid
def read_stock(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"product_id": stage.goods.product_id})


@valid
def read_stock_of_sku(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"product_id": stage.goods.product_id, "sku": stage.goods.sku})


@valid
def change_stock_threshold(stage: Stage, caller: Person) -> Ask:
    product = stage.new_product()
    path = {"product_id": product["id"], "sku": product["variants"][0]["sku"]}
    return Ask(path=path, body={"low_at": 12}, headers={"if_match": '"0.a"'})


@valid
def list_stock_movements(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"product_id": stage.goods.product_id})


@valid
def move_stock(stage: Stage, caller: Person) -> Ask:
    product = stage.new_product()
    movement = {"sku": product["variants"][0]["sku"], "kind": "receipt", "quantity": 1}
    return Ask(path={"product_id": product["id"]}, body=movement)
