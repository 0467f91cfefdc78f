"""How does an account come to be? By a message that only the owner of a contact reads, whoever asks how often."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.users import service as users
from chalicelib.users.enums import Purpose
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.support.recorded_calls import recording
from tests.users.builders import PASSWORD, a_customer, a_user_draft, an_app, code_of, confirmed, rows, sign_in, sign_up

BY_PHONE = {"phone": "0911223344", "password": PASSWORD, "name": "Hana Bekele"}


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def shape_of(answer: Response) -> tuple[int, dict[str, object], dict[str, str]]:
    """Everything about an answer but what is new in each."""
    new = ("etag", "x-request-id", "ratelimit")
    headers = {name: text for name, text in answer.headers.items() if name not in new}
    return answer.status, answer.json | {"id": ""}, headers


def test_whoever_follows_the_link_has_an_account(client):
    asked = client.post("/users", a_user_draft("Hana@Coffee.example"), accept_language="am")

    assert asked.status == 202, asked.text
    assert asked.json | {"id": ""} == {"id": "", "channel": "email", "expires_in": 86_400}
    assert PASSWORD not in asked.text
    assert confirmed(client, asked.json).status == 204
    me = sign_in(client).client.get("/users/me").json
    assert me | {"id": "", "created_at": ""} == {
        "id": "",
        "email": "hana@coffee.example",
        "phone": None,
        "name": "Hana Bekele",
        "locale": "am",
        "currency": "ETB",
        "roles": ["customer"],
        "created_at": "",
    }


def test_before_that_nobody_signs_in_and_nobody_learns_that_somebody_tried(client):
    client.post("/users", a_user_draft())

    waiting = client.post("/sessions", {"email": "hana@coffee.example", "password": PASSWORD}, x_request_id="same-one")
    unknown = client.post("/sessions", {"email": "dawit@coffee.example", "password": PASSWORD}, x_request_id="same-one")

    assert (waiting.status, waiting.code) == (401, "wrong_credentials")
    assert waiting.text == unknown.text


@pytest.mark.parametrize("written", ["0911223344", "911223344", "+251911223344", "251911223344"])
def test_a_number_is_one_however_it_is_written(client, written):
    asked = client.post("/users", BY_PHONE)

    assert (asked.status, asked.json["channel"], asked.json["expires_in"]) == (202, "phone", 600)
    assert len(code_of(asked.json)) == 6
    assert confirmed(client, asked.json).status == 204
    session = client.post("/sessions", {"phone": written, "password": PASSWORD})
    assert client.signed_with(session.json["access_token"]).get("/users/me").json["phone"] == "+251911223344"


def test_a_known_contact_gets_the_same_answer_and_another_message(client):
    fresh = client.post("/users", a_user_draft())
    confirmed(client, fresh.json)

    known = client.post("/users", a_user_draft("HANA@coffee.EXAMPLE", password="another password of mine"))

    assert shape_of(known) == shape_of(fresh)
    message = users.outgoing(known.json["id"])
    assert message is not None
    assert message.purpose is Purpose.SIGN_UP_KNOWN


def test_even_the_code_of_a_known_contacts_message_makes_no_account(client):
    sign_up(client)
    known = client.post("/users", a_user_draft(password="another password of mine")).json

    answer = confirmed(client, known)

    assert (answer.status, answer.code) == (422, "code_wrong")
    assert sign_in(client).user_id


def test_a_known_contact_costs_the_same_calls(aws, client):
    users.register(users.contact_of("dawit@coffee.example", None), password=PASSWORD, name="Dawit", locale="en")
    client.post("/users", a_user_draft("sara@coffee.example"))

    with recording(aws.dynamodb) as fresh:
        client.post("/users", a_user_draft())
    with recording(aws.dynamodb) as known:
        client.post("/users", a_user_draft("dawit@coffee.example"))

    assert fresh.operations == known.operations == ["UpdateItem", "UpdateItem", "GetItem", "UpdateItem", "PutItem"]
    assert known.write_units <= fresh.write_units


@pytest.mark.parametrize("draft", [a_user_draft(), BY_PHONE], ids=["email", "phone"])
@pytest.mark.usefixtures("patience")
def test_a_hundred_sign_ups_at_once_get_equal_answers_and_become_one_account(aws, draft):
    clients = [Client(an_app()) for _ in range(100)]

    with ThreadPoolExecutor(10) as pool:
        asked = list(pool.map(lambda client: client.post("/users", draft), clients))
        made = list(pool.map(lambda pair: confirmed(pair[0], pair[1].json), zip(clients, asked, strict=True)))

    assert all(shape_of(each) == shape_of(asked[0]) for each in asked)
    assert sorted(each.status for each in made) == [204] + [409] * 99
    assert {each.code for each in made if each.status == 409} == {"contact_taken"}
    assert len(rows(aws, "email_guard") + rows(aws, "phone_guard")) == 1
    assert len(rows(aws, "user")) == 1


def test_somebody_elses_sign_up_with_my_address_is_not_mine(client):
    theirs = client.post("/users", a_user_draft(password="what the thief would type")).json
    mine = client.post("/users", a_user_draft()).json

    assert confirmed(client, mine).status == 204
    assert confirmed(client, theirs).code == "contact_taken"
    thief = client.post("/sessions", {"email": "hana@coffee.example", "password": "what the thief would type"})
    assert thief.code == "wrong_credentials"


def test_a_sign_up_is_forgotten_with_its_link(client, monkeypatch):
    monkeypatch.setenv("LINK_KEPT_SECONDS", "0")
    asked = client.post("/users", a_user_draft()).json

    answer = client.post("/users/confirmations", {"challenge_id": asked["id"], "code": "whatever it was"})

    assert (answer.status, answer.code) == (404, "challenge_not_found")
    assert users.outgoing(asked["id"]) is None


def test_a_link_counts_once_and_its_password_is_not_kept(aws, client):
    asked = client.post("/users", a_user_draft()).json
    code = code_of(asked)
    confirmed(client, asked)

    again = client.post("/users/confirmations", {"challenge_id": asked["id"], "code": code})

    assert (again.status, again.code) == (404, "challenge_not_found")
    (challenge,) = rows(aws, "challenge")
    assert "password_hash" not in challenge


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "three goats"}, "password_too_short"),
        ({"password": "passwordpassword"}, "password_guessable"),
        ({"password": "x" * 129}, "malformed"),
        ({"email": "hana.coffee.example"}, "malformed"),
        ({"phone": "0911223344"}, "malformed"),
        ({"email": None, "phone": "0811223344"}, "malformed"),
        ({"email": None}, "malformed"),
        ({"name": "  "}, "malformed"),
        ({"roles": ["admin"]}, "malformed"),
    ],
    ids=str,
)
def test_a_sign_up_that_will_not_do_is_refused_without_repeating_the_password(client, change, code):
    draft = a_user_draft() | change

    answer = client.post("/users", draft)

    assert (answer.status, answer.code) == (422, code)
    assert draft["password"] not in answer.text


def test_the_owner_of_an_account_can_still_sign_in_when_others_sign_up_with_their_address(client):
    hana = a_customer(client)

    for _ in range(3):
        client.post("/users", a_user_draft(password="a password of somebody else"))

    assert sign_in(client).user_id == hana.user_id
