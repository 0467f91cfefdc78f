"""How do people sign in, stay signed in and leave?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.storage import transactions
from chalicelib.users import service as users
from infra.commands.make_admin import make_admin
from tests.support.account import Account
from tests.support.calling import Client
from tests.users.builders import PASSWORD, a_customer, a_user_draft, an_app, refreshed, sign_in, sign_up


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/users", a_user_draft()),
        ("/sessions", {"email": "hana@coffee.example", "password": PASSWORD}),
        ("/sessions/refresh", {"refresh_token": "anything"}),
    ],
)
def test_what_issues_credentials_is_never_stored_for_a_replay(client, path, body):
    answer = client.post(path, body, idempotency_key="a-key-of-mine")

    assert (answer.status, answer.code) == (400, "idempotency_key_not_accepted")


def test_signing_in_gives_tokens_that_open_ones_own_account(client):
    sign_up(client)

    answer = client.post("/sessions", {"email": "HANA@coffee.example", "password": PASSWORD})

    assert answer.status == 201, answer.text
    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", 900)
    assert answer.headers["cache-control"] == "no-store"
    me = client.signed_with(answer.json["access_token"]).get("/users/me")
    assert me.json["id"] == answer.json["user_id"]


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(client):
    sign_up(client)

    wrong, unknown = (
        client.at(address).post("/sessions", {"email": email, "password": PASSWORD + "!"}, x_request_id="same-one")
        for address, email in (("203.0.113.1", "hana@coffee.example"), ("203.0.113.2", "dawit@coffee.example"))
    )

    assert (wrong.status, wrong.code) == (401, "wrong_credentials")
    assert (wrong.status, wrong.headers, wrong.text) == (unknown.status, unknown.headers, unknown.text)


def test_a_password_counts_exactly_as_typed(client):
    sign_up(client, password=f" {PASSWORD} ")

    assert client.post("/sessions", {"email": "hana@coffee.example", "password": PASSWORD}).status == 401
    assert client.post("/sessions", {"email": "hana@coffee.example", "password": f" {PASSWORD} "}).status == 201


def test_refreshing_gives_the_next_token_and_goes_on(client):
    first = a_customer(client).tokens

    second = refreshed(client, first["refresh_token"])
    third = refreshed(client, second.json["refresh_token"])

    assert (second.status, third.status) == (200, 200), second.text
    assert len({first["refresh_token"], second.json["refresh_token"], third.json["refresh_token"]}) == 3
    assert client.signed_with(third.json["access_token"]).get("/users/me").status == 200


def test_two_tabs_that_refresh_at_once_get_the_same_successor(client):
    token = a_customer(client).tokens["refresh_token"]
    tabs = [Client(an_app()) for _ in range(6)]

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda tab: refreshed(tab, token), tabs))

    assert {answer.status for answer in answers} == {200}, [answer.text for answer in answers]
    (successor,) = {answer.json["refresh_token"] for answer in answers}
    assert refreshed(client, successor).status == 200


def test_a_token_used_again_after_the_grace_ends_the_session_for_everybody(client, monkeypatch):
    stolen = a_customer(client).tokens["refresh_token"]
    successor = refreshed(client, stolen).json["refresh_token"]
    monkeypatch.setenv("REFRESH_GRACE_SECONDS", "0")

    reused = refreshed(client, stolen)

    assert (reused.status, reused.code) == (401, "refresh_token_reused")
    assert refreshed(client, successor).code == "refresh_token_invalid"
    assert refreshed(client, stolen).code == "refresh_token_invalid"


def test_another_session_of_the_same_user_outlives_a_theft(client, monkeypatch):
    stolen = a_customer(client).tokens["refresh_token"]
    other = sign_in(client).tokens["refresh_token"]
    refreshed(client, stolen)
    monkeypatch.setenv("REFRESH_GRACE_SECONDS", "0")

    refreshed(client, stolen)

    assert refreshed(client, other).status == 200


def test_signing_out_ends_this_session_only(client):
    here = a_customer(client)
    there = sign_in(client)

    answer = here.client.delete("/sessions/current")
    again = here.client.delete("/sessions/current")

    assert (answer.status, answer.text, again.status) == (204, "", 204)
    assert refreshed(client, here.tokens["refresh_token"]).code == "refresh_token_invalid"
    assert refreshed(client, there.tokens["refresh_token"]).status == 200


@pytest.mark.parametrize("setting", ["REFRESH_TOKEN_SECONDS", "SESSION_SECONDS"])
def test_a_refresh_token_ends_with_its_own_life_and_with_its_session(client, monkeypatch, setting):
    sign_up(client)
    monkeypatch.setenv(setting, "0")

    token = sign_in(client).tokens["refresh_token"]

    assert refreshed(client, token).code == "refresh_token_invalid"


def test_nobody_refreshes_with_an_access_token_or_a_guess(client):
    tokens = a_customer(client).tokens

    assert refreshed(client, tokens["refresh_token"][:-1]).code == "refresh_token_invalid"
    assert refreshed(client, tokens["access_token"][:256]).code == "refresh_token_invalid"


def test_a_user_changes_name_and_language(client):
    me = a_customer(client).client

    answer = me.patch("/users/me", {"name": "Hana B.", "locale": "am"})

    assert answer.status == 200, answer.text
    assert (me.get("/users/me").json["name"], me.get("/users/me").json["locale"]) == ("Hana B.", "am")


def test_a_change_leaves_alone_what_is_absent_and_refuses_null(client):
    me = a_customer(client).client

    assert me.patch("/users/me", {"locale": "am"}).json["name"] == "Hana Bekele"
    assert me.patch("/users/me", {"name": None}).status == 422
    assert me.patch("/users/me", {"locale": "xx"}).status == 422
    assert me.patch("/users/me", {"email": "dawit@coffee.example"}).status == 422


def test_a_change_on_top_of_somebody_elses_is_refused_when_the_tag_is_sent(client):
    me = a_customer(client).client
    tag = me.get("/users/me").headers["etag"]
    me.patch("/users/me", {"name": "Hana B."}, if_match=tag)

    late = me.patch("/users/me", {"name": "Hana T."}, if_match=tag)

    assert (late.status, late.code) == (412, "precondition_failed")
    assert me.get("/users/me").json["name"] == "Hana B."


def test_the_first_admin_is_a_user_who_was_there_or_a_new_one(client):
    hana = a_customer(client)

    assert make_admin("HANA@coffee.example", name="ignored") == hana.user_id
    dawit_id = make_admin("dawit@coffee.example", name="Dawit", password=PASSWORD)
    make_admin("dawit@coffee.example", name="Dawit")

    assert sign_in(client).client.get("/users/me").json["roles"] == ["admin", "customer"]
    assert sign_in(client, "dawit@coffee.example").user_id == dawit_id


def test_ten_promotions_at_once_change_the_standing_once(client):
    user_id = a_customer(client).user_id

    with ThreadPoolExecutor(10) as pool:
        made = [pool.submit(transactions.settled, lambda: users.make_vendor(user_id, "ven_coffee")) for _ in range(10)]
        for each in made:
            each.result()

    assert users.account_of(user_id).roles == ("customer", "vendor")
