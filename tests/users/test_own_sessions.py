"""How does a user see and end sessions, and prove anew who they are?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.users.builders import PASSWORD, a_customer, an_app, recently, refreshed, sign_in
from tests.users.test_second_factor import enrolled


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def test_sessions_are_listed_newest_first_with_what_they_were_opened_from(client):
    first = a_customer(client)
    phone = sign_in(Client(an_app(), user_agent="Nexus  for Android\n1.0"))

    listed = phone.client.get("/sessions").json["items"]

    assert [each["is_current"] for each in listed] == [True, False]
    assert (listed[0]["device"], listed[0]["address"]) == ("Nexus for Android 1.0", "127.0.0.1")
    assert listed[1]["id"] != listed[0]["id"]
    assert first.client.get("/sessions").headers["cache-control"] == "no-store"


def test_a_session_is_ended_from_another_one(client):
    here, there = a_customer(client), sign_in(client)
    (other,) = [each["id"] for each in here.client.get("/sessions").json["items"] if not each["is_current"]]

    answer, again = here.client.delete(f"/sessions/{other}"), here.client.delete(f"/sessions/{other}")

    assert (answer.status, again.status) == (204, 204)
    assert refreshed(client, there.tokens["refresh_token"]).code == "refresh_token_invalid"
    assert len(here.client.get("/sessions").json["items"]) == 1


def test_nobody_sees_or_ends_somebody_elses_session(client):
    hana, dawit = a_customer(client), a_customer(client, "dawit@coffee.example")
    (theirs,) = [each["id"] for each in hana.client.get("/sessions").json["items"]]

    answer = dawit.client.delete(f"/sessions/{theirs}")

    assert (answer.status, answer.code) == (404, "session_not_found")
    assert refreshed(client, hana.tokens["refresh_token"]).status == 200


def test_signing_out_everywhere_ends_all_in_one_transaction_however_many(aws, client):
    sessions = [a_customer(client), *(sign_in(client) for _ in range(4))]
    assert len(sessions[0].client.get("/sessions").json["items"]) == 5

    with recording(aws.dynamodb) as calls:
        answer = sessions[0].client.delete("/sessions")

    assert answer.status == 204
    assert calls.operations == ["BatchGetItem", "TransactWriteItems"]
    assert {refreshed(client, each.tokens["refresh_token"]).code for each in sessions} == {"refresh_token_invalid"}
    assert sign_in(client).client.get("/sessions").json["items"][1:] == []


def test_who_proves_again_who_they_are_may_change_what_protects_the_account(client, monkeypatch):
    hana = a_customer(client)
    monkeypatch.setenv("RECENT_WITHIN_SECONDS", "-1")
    assert hana.client.post("/users/me/second-factor").code == "reauthentication_required"
    monkeypatch.setenv("RECENT_WITHIN_SECONDS", "600")

    again = recently(hana, client)

    assert again.client.post("/users/me/second-factor").status == 201
    assert refreshed(client, hana.tokens["refresh_token"]).status == 200


def test_proving_it_again_takes_the_right_password_and_the_second_factor(client):
    hana = a_customer(client)
    app, _ = enrolled(hana)
    again = "/sessions/current/authentication"

    wrong = hana.client.post(again, {"password": "not this one, surely"})
    half = hana.client.post(again, {"password": PASSWORD})
    guessed = hana.client.post(again, {"password": PASSWORD, "code": app.code(5)})
    right = hana.client.post(again, {"password": PASSWORD, "code": app.code()})

    assert [wrong.code, half.code, guessed.code] == [
        "wrong_credentials",
        "second_factor_required",
        "second_factor_wrong",
    ]
    assert right.status == 201
    assert hana.client.post(again, {"password": PASSWORD, "code": app.code()}).code == "second_factor_wrong"


def test_a_session_that_was_ended_proves_nothing_any_more(client):
    hana = a_customer(client)
    hana.client.delete("/sessions")

    answer = hana.client.post("/sessions/current/authentication", {"password": PASSWORD})

    assert (answer.status, answer.code) == (404, "session_not_found")


def test_fifty_uses_of_one_refresh_token_give_one_successor(client):
    token = a_customer(client).tokens["refresh_token"]
    tabs = [Client(an_app()) for _ in range(50)]

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda tab: refreshed(tab, token), tabs))

    assert {answer.status for answer in answers} == {200}, [answer.text for answer in answers]
    (successor,) = {answer.json["refresh_token"] for answer in answers}
    assert refreshed(client, successor).status == 200


def test_two_tabs_that_share_a_session_are_not_locked_out(client):
    token = a_customer(client).tokens["refresh_token"]

    for _ in range(3):
        first, second = refreshed(client, token), refreshed(Client(an_app()), token)
        assert (first.status, second.status) == (200, 200)
        assert first.json["refresh_token"] == second.json["refresh_token"]
        token = second.json["refresh_token"]

    for tab in (first, second):
        assert client.signed_with(tab.json["access_token"]).get("/users/me").status == 200


def test_a_closed_account_lets_nobody_in_and_its_sessions_end(client):
    hana = a_customer(client)

    assert hana.client.post("/users/me/deactivation").status == 204

    assert refreshed(client, hana.tokens["refresh_token"]).code == "refresh_token_invalid"
    answer = client.post("/sessions", {"email": "hana@coffee.example", "password": PASSWORD})
    assert answer.code == "wrong_credentials"
