"""Valid requests about categories and products."""

from chalicelib.core import ids
from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.permissions.tags import TagAsItIs
from tests.support.market import CATEGORY
from tests.support.people import Person


@valid
def create_category(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"id": ids.new("shelf").lower().replace("_", "-"), "name": {"en": "Honey"}})


def a_category(stage: Stage) -> str:
    """Add a category that nobody else has to do with; return its id."""
    category_id = ids.new("shelf").lower().replace("_", "-")
    stage.market.staff.must("POST", "/categories", {"id": category_id, "name": {"en": "Honey"}})
    return category_id


@valid
def read_category_as_staff(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"category_id": CATEGORY})


@valid
def change_category(stage: Stage, caller: Person) -> Ask:
    return Ask(
        path={"category_id": a_category(stage)}, body={"name": {"en": "White honey"}}, headers={"if_match": '"1.a"'}
    )


@valid
def place_category(stage: Stage, caller: Person) -> Ask:
    return Ask(
        path={"category_id": a_category(stage)},
        body={"parent_id": CATEGORY},
        headers=TagAsItIs(stage, "/categories"),
        is_shared=True,
    )


@valid
def remove_category(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"category_id": a_category(stage)}, headers=TagAsItIs(stage, "/categories"), is_shared=True)


@valid
def list_categories(stage: Stage, caller: Person) -> Ask:
    return Ask()


def a_collection(stage: Stage) -> str:
    """Make a collection that nobody else has to do with; return its id."""
    collection_id = ids.new("set").lower().replace("_", "-")
    wanted = {"name": {"en": "For a ceremony"}, "product_ids": [stage.goods.product_id]}
    stage.market.staff.must("PUT", f"/collections/{collection_id}", wanted)
    return collection_id


@valid
def list_collections(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_collection(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"collection_id": "featured"})


@valid
def read_collection_as_staff(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"collection_id": "featured"})


@valid
def put_collection(stage: Stage, caller: Person) -> Ask:
    collection_id = ids.new("set").lower().replace("_", "-")
    return Ask(path={"collection_id": collection_id}, body={"name": {"en": "New"}, "product_ids": []})


@valid
def remove_collection(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"collection_id": a_collection(stage)}, headers={"if_match": '"1.a"'})


@valid
def list_products_as_seller(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def create_product(stage: Stage, caller: Person) -> Ask:
    draft = stage.a_product_draft()
    if caller.rights and caller.rights.vendor_id:
        draft.pop("vendor_id")
    return Ask(body=draft)


@valid
def list_products(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_product(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"product_id": stage.goods.product_id})


@valid
def read_product_as_staff(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"product_id": stage.goods.product_id})


@valid
def change_product(stage: Stage, caller: Person) -> Ask:
    return Ask(
        path={"product_id": stage.new_product()["id"]}, body={"title": {"en": "Jimma"}}, headers={"if_match": '"1.a"'}
    )


@valid
def delete_product(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"product_id": stage.new_product()["id"]}, headers={"if_match": '"1.a"'})


@valid
def read_product_proposal(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_waiting(stage))


@valid
def withdraw_product_proposal(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_waiting(stage), headers={"if_match": '"1.a"'})


@valid
def read_product_to_approve(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_waiting(stage))


@valid
def approve_product(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_waiting(stage), headers={"if_match": '"1.a"'})


@valid
def refuse_product(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_waiting(stage), headers={"if_match": '"1.a"'}, body={"reasons": ["The picture is blurred."]})


def _waiting(stage: Stage) -> dict[str, str]:
    """A product of the vendor's that waits for staff."""
    return {"product_id": stage.new_product(status="in_review")["id"]}
