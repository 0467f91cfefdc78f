"""Valid requests about delivery."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.permissions.tags import TagAsItIs
from tests.support.people import Person

# What the shop has without a plan of its own, so that nobody who buys meanwhile pays something else.
AS_BUILT_IN = {
    "id": "standard",
    "kind": "flat",
    "name": {"en": "Standard delivery", "am": "መደበኛ ማድረሻ"},
    "charge": {"amount": 15_000, "currency": "ETB"},
}


@valid
def list_delivery_options(stage: Stage, caller: Person) -> Ask:
    return Ask(query={"country": "ET", "region": "addis_ababa", "weight_grams": "500", "value_minor": "35000"})


@valid
def read_shipping_plan(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def put_shipping_plan(stage: Stage, caller: Person) -> Ask:
    everywhere = {"id": "everywhere", "name": {"en": "Everywhere"}, "areas": [{}], "methods": [AS_BUILT_IN]}
    return Ask(body={"zones": [everywhere]}, headers=TagAsItIs(stage, "/shipping-plan"), is_shared=True)
