"""Valid requests about vendors."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.market import new_address
from tests.support.people import Person


@valid
def create_vendor(stage: Stage, caller: Person) -> Ask:
    return Ask(body=_draft())


@valid
def list_vendors(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_vendor_as_staff(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"vendor_id": stage.market.vendors[0].id})


@valid
def change_vendor(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"vendor_id": _new_vendor(stage)}, body={"name": "Shiro Meda"}, headers={"if_match": '"1.a"'})


@valid
def add_vendor_member(stage: Stage, caller: Person) -> Ask:
    member = stage.another(stage.person("customer"))
    return Ask(path={"vendor_id": _new_vendor(stage)}, body={"email": member.email})


def _new_vendor(stage: Stage) -> str:
    vendor_id: str = stage.market.staff.must("POST", "/vendors", _draft())["id"]
    return vendor_id


def _draft() -> dict[str, str]:
    return {"name": "Shiro Meda weavers", "email": new_address("weavers")}
