"""How does a password change, and who is signed out by that?"""

import pytest

from chalicelib.users import service as users
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.support.recorded_calls import recording
from tests.users.builders import PASSWORD, a_customer, an_app, code_of, refreshed, sign_in
from tests.users.test_second_factor import enrolled

NEW = "an entirely new sentence"


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def signed_in_with(client: Client, password: str) -> Response:
    return client.post("/sessions", {"email": "hana@coffee.example", "password": password})


def reset_of(client: Client, email: str = "hana@coffee.example") -> Response:
    return client.post("/password-resets", {"email": email})


def completed(client: Client, asked: Response, password: str = NEW) -> Response:
    body = {"challenge_id": asked.json["id"], "code": code_of(asked.json), "password": password}
    return client.post("/password-resets/completions", body)


def test_a_new_password_ends_every_other_session(client):
    here, there = a_customer(client), sign_in(client)

    assert here.client.post("/users/me/password", {"password": NEW}).status == 204

    assert signed_in_with(client, PASSWORD).code == "wrong_credentials"
    assert signed_in_with(client, NEW).status == 201
    assert refreshed(client, here.tokens["refresh_token"]).status == 200
    assert refreshed(client, there.tokens["refresh_token"]).code == "refresh_token_invalid"


@pytest.mark.parametrize("password", ["kolo and tea", "passwordpassword", "hana.bekele@coffee.example"])
def test_a_new_password_has_to_be_as_good_as_the_first(client, password):
    hana = a_customer(client)

    answer = hana.client.post("/users/me/password", {"password": password})

    assert answer.status == 422
    assert password not in answer.text
    assert signed_in_with(client, PASSWORD).status == 201


def test_who_forgot_the_password_sets_a_new_one_by_mail(client):
    hana = a_customer(client)

    asked = reset_of(client)
    answer = completed(client, asked)

    assert (asked.status, answer.status) == (202, 204)
    assert signed_in_with(client, NEW).status == 201
    assert refreshed(client, hana.tokens["refresh_token"]).code == "refresh_token_invalid"
    assert completed_again(client, asked).code == "challenge_not_found"


def completed_again(client: Client, asked: Response) -> Response:
    body = {"challenge_id": asked.json["id"], "code": "whatever", "password": "another sentence altogether"}
    return client.post("/password-resets/completions", body)


def test_an_unknown_address_gets_the_same_answer_for_the_same_work(aws, client):
    users.register(users.contact_of("hana@coffee.example", None), password=PASSWORD, name="Hana", locale="en")
    reset_of(client, "sara@coffee.example")

    with recording(aws.dynamodb) as for_known:
        known = reset_of(client)
    with recording(aws.dynamodb) as for_unknown:
        unknown = reset_of(client, "nobody@coffee.example")

    assert known.json | {"id": ""} == unknown.json | {"id": ""}
    assert for_known.operations == for_unknown.operations
    assert for_known.operations == ["UpdateItem", "UpdateItem", "GetItem", "UpdateItem", "PutItem"]


def test_the_code_for_nobody_resets_nothing(client):
    asked = reset_of(client, "nobody@coffee.example")

    assert completed(client, asked).code == "code_wrong"


def test_a_reset_with_a_bad_password_can_be_tried_again(client):
    a_customer(client)
    asked = reset_of(client)

    assert completed(client, asked, "too short").code == "password_too_short"
    assert completed(client, asked).status == 204


def test_a_reset_does_not_get_around_the_second_factor(client):
    hana = a_customer(client)
    app, _ = enrolled(hana)

    completed(client, reset_of(client))

    first = signed_in_with(client, NEW)
    assert first.code == "second_factor_required"
    second = client.post("/sessions/second-factor", {"mfa_token": first.json["mfa_token"], "code": app.code()})
    assert second.status == 201


def test_a_reset_by_phone_takes_the_code_of_the_text_message(client):
    hana = a_customer(client)
    phone = hana.client.post("/users/me/phone", {"phone": "0911223344"}).json
    hana.client.post("/users/me/contacts", {"challenge_id": phone["id"], "code": code_of(phone)})

    asked = client.post("/password-resets", {"phone": "0911223344"})

    assert len(code_of(asked.json)) == 6
    assert completed(client, asked).status == 204
    assert signed_in_with(client, NEW).status == 201


def test_a_closed_account_is_closed_after_a_reset_too(client):
    hana = a_customer(client)
    asked = reset_of(client)
    users.deactivate(hana.user_id)

    completed(client, asked)

    assert signed_in_with(client, NEW).code == "wrong_credentials"
