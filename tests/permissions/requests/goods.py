"""Valid requests about what goods are known by: barcodes, brands and types."""

from chalicelib.core import ids
from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.barcodes import a_barcode
from tests.support.people import Person


@valid
def find_barcode(stage: Stage, caller: Person) -> Ask:
    draft = stage.a_product_draft()
    draft["variants"][0]["barcode"] = barcode = a_barcode()
    stage.market.staff.must("POST", "/products", draft)
    return Ask(path={"barcode": barcode})


@valid
def find_product_by_slug(stage: Stage, caller: Person) -> Ask:
    made = stage.market.staff.must("POST", "/products", stage.a_product_draft() | {"status": "active"})
    return Ask(path={"slug": made["slugs"]["en"]})


@valid
def create_brand(stage: Stage, caller: Person) -> Ask:
    return Ask(body=_named())


@valid
def list_brands(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_brand(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"brand_id": _made(stage, "/brands")})


@valid
def read_brand_as_staff(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"brand_id": _made(stage, "/brands")})


@valid
def change_brand(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"brand_id": _made(stage, "/brands")}, body={"is_retired": True}, headers={"if_match": '"1.a"'})


@valid
def create_product_type(stage: Stage, caller: Person) -> Ask:
    return Ask(body=_named())


@valid
def list_product_types(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_product_type(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"type_id": _made(stage, "/product-types")})


@valid
def read_product_type_as_staff(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"type_id": _made(stage, "/product-types")})


@valid
def change_product_type(stage: Stage, caller: Person) -> Ask:
    path = {"type_id": _made(stage, "/product-types")}
    return Ask(path=path, body={"name": {"en": "Coffee"}}, headers={"if_match": '"1.a"'})


def _named() -> dict[str, object]:
    return {"id": ids.new("name").lower().replace("_", "-"), "name": {"en": "Gedeo"}}


def _made(stage: Stage, path: str) -> str:
    return str(stage.market.staff.must("POST", path, _named())["id"])
