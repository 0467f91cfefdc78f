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


@valid
def read_vendor(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"vendor_id": stage.market.vendors[0].id})


@valid
def read_own_vendor(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def change_own_vendor(stage: Stage, caller: Person) -> Ask:
    tag = caller.api.get("/vendors/mine").headers["etag"]
    return Ask(body={"about": {"en": "Coffee from forest gardens."}}, headers={"if_match": tag})


@valid
def apply_as_vendor(stage: Stage, caller: Person) -> Ask:
    return Ask(body=_application(), by=stage.another(caller))


@valid
def list_own_vendor_applications(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_own_vendor_application(stage: Stage, caller: Person) -> Ask:
    applicant = stage.another(caller)
    return Ask(path=_applied(applicant), by=applicant)


@valid
def withdraw_vendor_application(stage: Stage, caller: Person) -> Ask:
    applicant = stage.another(caller)
    return Ask(path=_applied(applicant), by=applicant)


@valid
def list_vendor_applications(stage: Stage, caller: Person) -> Ask:
    return Ask(query={"status": "open"})


@valid
def read_vendor_application(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_applied(_somebody(stage)))


@valid
def approve_vendor_application(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_applied(_somebody(stage)))


@valid
def reject_vendor_application(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_applied(_somebody(stage)), body={"reasons": ["The licence has expired."]})


def _somebody(stage: Stage) -> Person:
    return stage.another(stage.person("customer"))


def _applied(applicant: Person) -> dict[str, str]:
    return {"application_id": applicant.api.must("POST", "/vendor-applications", _application())["id"]}


def _application() -> dict[str, str]:
    return _draft() | {"phone": "+251 911 223344", "description": "Gabi and netela, woven by hand."}


def _new_vendor(stage: Stage) -> str:
    vendor_id: str = stage.market.staff.must("POST", "/vendors", _draft())["id"]
    return vendor_id


def _draft() -> dict[str, str]:
    return {"name": "Shiro Meda weavers", "email": new_address("weavers")}
