"""Valid requests about accounts, what proves who one is, and rights."""

import secrets
from typing import Any

import pyotp

from chalicelib.core import clock
from chalicelib.users import service as users
from tests.permissions.asking import Ask, hasty, valid
from tests.permissions.stage import Stage
from tests.support.market import PASSWORD, new_address
from tests.support.people import Person

OTHER_PASSWORD = "a short walk over the Entoto hills"


@valid
def create_user(stage: Stage, caller: Person) -> Ask:
    return Ask(body=_a_newcomer())


@valid
def confirm_user(stage: Stage, caller: Person) -> Ask:
    asked = stage.market.api.must("POST", "/users", _a_newcomer())
    return Ask(body=_answer(asked))


@valid
def send_challenge_again(stage: Stage, caller: Person) -> Ask:
    asked = stage.market.api.must("POST", "/users", _a_newcomer())
    return Ask(path={"challenge_id": asked["id"]})


@valid
def ask_for_password_reset(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"email": stage.person("customer").email})


@valid
def reset_password(stage: Stage, caller: Person) -> Ask:
    asked = stage.market.api.must("POST", "/password-resets", {"email": stage.a_newcomer().email})
    return Ask(body={**_answer(asked), "password": OTHER_PASSWORD})


@valid
def read_me(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def change_me(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"name": "Meron Tesfaye"})


@valid
def change_my_password(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"password": OTHER_PASSWORD}, by=stage.another(caller))


@valid
def change_my_email(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"email": new_address("moved")})


@valid
def change_my_phone(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"phone": f"+2519{secrets.randbelow(10**8):08}"})


@valid
def confirm_my_contact(stage: Stage, caller: Person) -> Ask:
    owner = stage.another(caller)
    asked = owner.api.must("POST", "/users/me/email", {"email": new_address("moved")})
    return Ask(body=_answer(asked), by=owner)


@valid
def deactivate_me(stage: Stage, caller: Person) -> Ask:
    return Ask(by=stage.another(caller))


@valid
def read_my_second_factor(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def begin_my_second_factor(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
@hasty
def confirm_my_second_factor(stage: Stage, caller: Person) -> Ask:
    owner = stage.another(caller)
    return Ask(body={"code": _code_of_new_app(owner)}, by=owner)


@valid
def disable_my_second_factor(stage: Stage, caller: Person) -> Ask:
    owner, _ = _with_second_factor(stage, caller)
    return Ask(by=owner)


@valid
def renew_my_recovery_codes(stage: Stage, caller: Person) -> Ask:
    owner, _ = _with_second_factor(stage, caller)
    return Ask(by=owner)


@valid
def create_session(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"email": stage.person("customer").email, "password": PASSWORD})


@valid
def create_session_with_second_factor(stage: Stage, caller: Person) -> Ask:
    owner, recovery_codes = _with_second_factor(stage, stage.person("customer"))
    answer = stage.market.api.post("/sessions", {"email": owner.email, "password": PASSWORD})
    return Ask(body={"mfa_token": answer.json["mfa_token"], "recovery_code": recovery_codes[0]})


@valid
def refresh_session(stage: Stage, caller: Person) -> Ask:
    somebody = stage.in_a_new_session(stage.person("customer"))
    return Ask(body={"refresh_token": somebody.refresh_token})


@valid
def authenticate_again(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"password": PASSWORD})


@valid
def list_my_sessions(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def end_current_session(stage: Stage, caller: Person) -> Ask:
    return Ask(by=stage.in_a_new_session(caller))


@valid
def end_session(stage: Stage, caller: Person) -> Ask:
    stage.in_a_new_session(caller)
    sessions = caller.api.must("GET", "/sessions")["items"]
    return Ask(path={"session_id": next(each["id"] for each in sessions if not each["is_current"])})


@valid
def end_all_sessions(stage: Stage, caller: Person) -> Ask:
    return Ask(by=stage.another(caller))


@valid
def read_public_keys(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def find_user_as_staff(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"email": stage.person("customer").email})


@valid
def read_user_as_staff(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"user_id": stage.person("customer").user_id})


@valid
def change_rights(stage: Stage, caller: Person) -> Ask:
    path = {"user_id": stage.a_newcomer().user_id}
    tag = stage.market.staff.get("/staff/users/{user_id}".format(**path)).headers["etag"]
    return Ask(path=path, body={"roles": ["staff"], "permissions": ["users.manage"]}, headers={"if_match": tag})


@valid
def deactivate_user(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"user_id": stage.a_newcomer().user_id}, body={"reason": "asked for by telephone"})


@valid
def reactivate_user(stage: Stage, caller: Person) -> Ask:
    path = {"user_id": stage.a_newcomer().user_id}
    stage.market.staff.must("POST", "/staff/users/{user_id}/deactivation".format(**path), {})
    return Ask(path=path, body={"reason": "asked for by telephone"})


def _a_newcomer() -> dict[str, str]:
    return {"email": new_address("newcomer"), "password": PASSWORD, "name": "Meron Tesfaye"}


def _answer(asked: dict[str, Any]) -> dict[str, str]:
    """Return what the message says that was asked for, as its sender finds out."""
    message = users.outgoing(asked["id"])
    assert message, "no message goes out"
    return {"challenge_id": asked["id"], "code": message.code}


def _with_second_factor(stage: Stage, like: Person) -> tuple[Person, list[str]]:
    owner = stage.another(like)
    done = owner.api.must("POST", "/users/me/second-factor/confirmation", {"code": _code_of_new_app(owner)})
    return owner, done["recovery_codes"]


def _code_of_new_app(owner: Person) -> str:
    """Return the app's next code, which the shop takes already, and longer than the present one."""
    app = pyotp.TOTP(owner.api.must("POST", "/users/me/second-factor")["secret"])
    return app.at(clock.now(), counter_offset=1)
