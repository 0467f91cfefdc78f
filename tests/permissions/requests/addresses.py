"""Valid requests about addresses."""

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
    return Ask(path=_an_address(caller))


@valid
def change_address(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_an_address(caller), body={"city": "Adama"})


@valid
def delete_address(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_an_address(caller))


def _an_address(owner: Person) -> dict[str, str]:
    return {"address_id": owner.api.must("POST", "/users/me/addresses", _HOME)["id"]}
