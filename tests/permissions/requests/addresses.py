"""Valid requests about address books."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person
from tests.support.shopper import ADDRESS

_HOME = {**ADDRESS, "region": "addis_ababa"}


@valid
def list_regions(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def list_addresses(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def add_address(stage: Stage, caller: Person) -> Ask:
    return Ask(body=_HOME)


@valid
def read_address(stage: Stage, caller: Person) -> Ask:
    owner, address = _an_address(stage, caller)
    return Ask(path=address, by=owner)


@valid
def change_address(stage: Stage, caller: Person) -> Ask:
    owner, address = _an_address(stage, caller)
    return Ask(path=address, body={"line1": "Piazza 4", "is_default_billing": False}, by=owner)


@valid
def delete_address(stage: Stage, caller: Person) -> Ask:
    owner, address = _an_address(stage, caller)
    return Ask(path=address, by=owner)


def _an_address(stage: Stage, caller: Person) -> tuple[Person, dict[str, str]]:
    owner = stage.another(caller)
    return owner, {"address_id": owner.api.must("POST", "/users/me/addresses", _HOME)["id"]}
