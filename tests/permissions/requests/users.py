"""Valid requests about accounts and sessions."""

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.market import PASSWORD, new_address
from tests.support.people import Person


@valid
def create_user(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"email": new_address("newcomer"), "password": PASSWORD, "name": "Meron Tesfaye"})


@valid
def read_me(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def change_me(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"name": "Meron Tesfaye"}, by=stage.another(caller))


@valid
def create_session(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"email": stage.person("customer").email, "password": PASSWORD})


@valid
def refresh_session(stage: Stage, caller: Person) -> Ask:
    somebody = stage.in_a_new_session(stage.person("customer"))
    return Ask(body={"refresh_token": somebody.refresh_token})


@valid
def end_current_session(stage: Stage, caller: Person) -> Ask:
    return Ask(by=stage.in_a_new_session(caller))


@valid
def read_public_keys(stage: Stage, caller: Person) -> Ask:
    return Ask()
