"""Valid requests about accounts, sessions and what proves whose they are."""

from typing import Any

from tests.permissions.asking import Ask, hasty, valid
from tests.permissions.stage import Stage
from tests.support.market import PASSWORD, new_address, new_phone
from tests.support.people import Person
from tests.support.proofs import App, answer_to

_NEW_PASSWORD = "Limu in the afternoon"


@valid
def create_user(stage: Stage, caller: Person) -> Ask:
    return Ask(body=_a_sign_up())


@valid
def confirm_user(stage: Stage, caller: Person) -> Ask:
    return Ask(body=answer_to(_asked_to_join(stage)))


@valid
def send_challenge_again(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"challenge_id": _asked_to_join(stage)["id"]})


@valid
def read_me(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def change_me(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"name": "Meron Tesfaye"}, by=stage.another(caller))


@valid
def change_my_email(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"email": new_address("newcomer")}, by=stage.in_a_new_session(caller))


@valid
def change_my_phone(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"phone": new_phone()}, by=stage.in_a_new_session(caller))


@valid
def confirm_my_contact(stage: Stage, caller: Person) -> Ask:
    owner = stage.another(caller)
    asked = owner.api.must("POST", "/users/me/email", {"email": new_address("newcomer")})
    return Ask(body=answer_to(asked), by=owner)


@valid
def deactivate_me(stage: Stage, caller: Person) -> Ask:
    return Ask(by=stage.another(caller))


@valid
def change_my_password(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"password": _NEW_PASSWORD}, by=stage.another(caller))


@valid
def ask_for_password_reset(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"email": stage.person("customer").email})


@valid
def reset_password(stage: Stage, caller: Person) -> Ask:
    asked = stage.market.api.must("POST", "/password-resets", {"email": _somebody(stage).email})
    return Ask(body={**answer_to(asked), "password": _NEW_PASSWORD})


@valid
def create_session(stage: Stage, caller: Person) -> Ask:
    return Ask(body=_credentials(stage.person("customer")))


@valid
@hasty
def create_session_with_second_factor(stage: Stage, caller: Person) -> Ask:
    somebody = _somebody(stage)
    recovery_code, *_ = _enrolled(somebody)
    first_step = stage.market.api.post("/sessions", _credentials(somebody)).json
    return Ask(body={"mfa_token": first_step["mfa_token"], "recovery_code": recovery_code})


@valid
def authenticate_again(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"password": PASSWORD}, by=stage.in_a_new_session(caller))


@valid
def refresh_session(stage: Stage, caller: Person) -> Ask:
    somebody = stage.in_a_new_session(stage.person("customer"))
    return Ask(body={"refresh_token": somebody.refresh_token})


@valid
def list_my_sessions(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def end_session(stage: Stage, caller: Person) -> Ask:
    owner = stage.another(caller)
    (session,) = owner.api.must("GET", "/sessions")["items"]
    return Ask(path={"session_id": session["id"]}, by=owner)


@valid
def end_current_session(stage: Stage, caller: Person) -> Ask:
    return Ask(by=stage.in_a_new_session(caller))


@valid
def end_all_sessions(stage: Stage, caller: Person) -> Ask:
    return Ask(by=stage.another(caller))


@valid
def read_my_second_factor(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def begin_my_second_factor(stage: Stage, caller: Person) -> Ask:
    return Ask(by=stage.another(caller))


@valid
@hasty
def confirm_my_second_factor(stage: Stage, caller: Person) -> Ask:
    owner = stage.another(caller)
    return Ask(body={"code": _new_app(owner).code()}, by=owner)


@valid
def disable_my_second_factor(stage: Stage, caller: Person) -> Ask:
    return Ask(by=_with_a_second_factor(stage, caller))


@valid
def renew_my_recovery_codes(stage: Stage, caller: Person) -> Ask:
    return Ask(by=_with_a_second_factor(stage, caller))


@valid
def read_public_keys(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def find_user_as_staff(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"email": stage.person("customer").email})


@valid
def read_user_as_staff(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_named(stage.person("customer")))


@valid
def change_rights(stage: Stage, caller: Person) -> Ask:
    somebody = _somebody(stage)
    tag = stage.market.staff.get(f"/staff/users/{somebody.user_id}").headers["etag"]
    # Staff hand out no more than they have: what lets them in is what every one of them has.
    rights = {"roles": ["staff"], "permissions": ["users.manage"]}
    return Ask(path=_named(somebody), body=rights, headers={"if_match": tag})


@valid
def deactivate_user(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_named(_somebody(stage)), body={"reason": "asked for by phone"})


@valid
def reactivate_user(stage: Stage, caller: Person) -> Ask:
    somebody = _somebody(stage)
    assert stage.market.staff.post(f"/staff/users/{somebody.user_id}/deactivation", {}).status == 204
    return Ask(path=_named(somebody), body={"reason": "asked for by phone"})


def _a_sign_up() -> dict[str, str]:
    return {"email": new_address("newcomer"), "password": PASSWORD, "name": "Meron Tesfaye"}


def _asked_to_join(stage: Stage) -> Any:
    """Sign up and return the challenge."""
    return stage.market.api.must("POST", "/users", _a_sign_up())


def _somebody(stage: Stage) -> Person:
    return stage.another(stage.person("customer"))


def _named(person: Person) -> dict[str, str]:
    return {"user_id": person.user_id}


def _credentials(person: Person) -> dict[str, str]:
    return {"email": person.email, "password": PASSWORD}


def _new_app(owner: Person) -> App:
    return App(owner.api.must("POST", "/users/me/second-factor")["secret"])


def _enrolled(owner: Person) -> list[str]:
    """Give somebody a second factor and return the recovery codes."""
    answer = owner.api.must("POST", "/users/me/second-factor/confirmation", {"code": _new_app(owner).code()})
    recovery_codes: list[str] = answer["recovery_codes"]
    return recovery_codes


def _with_a_second_factor(stage: Stage, caller: Person) -> Person:
    owner = stage.another(caller)
    _enrolled(owner)
    return owner
