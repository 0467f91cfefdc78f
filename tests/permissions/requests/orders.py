"""Valid requests about orders."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person


@valid
def list_orders(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_order(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"order_id": stage.purchase.checkout()["order_id"]})


@valid
def list_vendor_orders(stage: Stage, caller: Person) -> Ask:
    return Ask()
