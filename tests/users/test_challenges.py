"""What do codes and links prove, how often may one guess, and how often are they sent?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.storage import transactions
from chalicelib.users import codes, rules, store
from chalicelib.users.enums import Channel
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.users.builders import PASSWORD, a_user_draft, an_app, code_of, confirmed, rows

BY_PHONE = {"phone": "0911223344", "password": PASSWORD, "name": "Hana Bekele"}


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def guessed(client: Client, challenge_id: str, code: str) -> Response:
    return client.post("/users/confirmations", {"challenge_id": challenge_id, "code": code})


def another_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_wrong_code_says_how_many_tries_are_left_and_the_last_one_ends_it(client):
    asked = client.post("/users", BY_PHONE).json
    code = code_of(asked)

    wrong = [guessed(client, asked["id"], another_than(code)) for _ in range(5)]
    right = guessed(client, asked["id"], code)

    assert [(each.status, each.code, each.json["attempts_left"]) for each in wrong] == [
        (422, "code_wrong", left) for left in (4, 3, 2, 1, 0)
    ]
    assert (right.status, right.code) == (409, "code_spent")
    assert guessed(client, asked["id"], code).code == "code_spent"


def test_forty_guesses_at_once_are_not_forty_chances(aws, client):
    asked = client.post("/users", BY_PHONE).json
    wrong = another_than(code_of(asked))
    clients = [Client(an_app()) for _ in range(40)]

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda each: guessed(each, asked["id"], wrong), clients))

    assert [each.code for each in answers].count("code_wrong") == 5
    assert {each.code for each in answers} <= {"code_wrong", "code_spent", "busy"}
    assert rows(aws, "user") == []


def test_the_code_of_one_challenge_answers_no_other(client):
    mine, theirs = (client.post("/users", a_user_draft(f"{who}@coffee.example")).json for who in ("hana", "dawit"))

    assert guessed(client, theirs["id"], code_of(mine)).code == "code_wrong"


def test_a_sign_ups_code_resets_no_password(client):
    asked = client.post("/users", a_user_draft()).json

    body = {"challenge_id": asked["id"], "code": code_of(asked), "password": "a password of the thief"}

    assert client.post("/password-resets/completions", body).code == "code_wrong"


def test_a_refused_answer_changes_nothing(aws, client):
    asked = client.post("/users", BY_PHONE).json
    guessed(client, asked["id"], another_than(code_of(asked)))

    (challenge,) = rows(aws, "challenge")

    assert (challenge["attempts_left"], "answered_at" in challenge) == ({"N": "4"}, False)
    assert confirmed(client, asked).status == 204


@pytest.mark.parametrize("challenge_id", ["chl_unknown", "chl_01J0000000000000000000000"])
def test_an_unknown_challenge_is_told_in_words(client, challenge_id):
    assert guessed(client, challenge_id, "123456").code == "challenge_not_found"
    assert client.post(f"/challenges/{challenge_id}/deliveries").code == "challenge_not_found"


def test_sending_again_has_to_wait_twice_as_long_each_time(client, monkeypatch):
    asked = client.post("/users", a_user_draft()).json
    again = f"/challenges/{asked['id']}/deliveries"

    too_soon = client.post(again)
    monkeypatch.setenv("RESEND_AFTER_SECONDS", "0")
    patient = client.post("/users", a_user_draft("dawit@coffee.example")).json
    sent = [client.post(f"/challenges/{patient['id']}/deliveries") for _ in range(5)]

    assert (too_soon.status, too_soon.code) == (429, "resend_too_soon")
    assert 0 < int(too_soon.headers["retry-after"]) <= 30
    assert [each.status for each in sent] == [204, 204, 204, 204, 429]
    assert int(sent[-1].headers["retry-after"]) > 80_000
    assert [rules.resend_pause(count, first_seconds=30) for count in (1, 2, 3, 4)] == [30, 60, 120, 240]


def test_what_is_sent_again_is_the_same_code(client, monkeypatch):
    monkeypatch.setenv("RESEND_AFTER_SECONDS", "0")
    asked = client.post("/users", a_user_draft()).json
    code = code_of(asked)

    client.post(f"/challenges/{asked['id']}/deliveries")

    assert code_of(asked) == code
    challenge = store.find_challenge(asked["id"])
    assert challenge is not None
    assert challenge.event is not None
    assert challenge.event["data"] == {"challenge_id": asked["id"], "delivery": 2}


def test_codes_for_phones_are_six_digits_and_spread_evenly(aws):
    made = [codes.code_for(Channel.PHONE, f"chl_{number}") for number in range(2_000)]

    assert all(len(code) == 6 and code.isdigit() for code in made)
    assert len(set(made)) > 1_990
    assert 120 < sum(code.startswith("0") for code in made) < 280


def test_a_link_carries_256_bits(aws):
    assert len(codes.code_for(Channel.EMAIL, "chl_1")) == 43


def test_a_retried_confirmation_makes_one_account(client):
    asked = client.post("/users", a_user_draft()).json
    body = {"challenge_id": asked["id"], "code": code_of(asked)}

    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda app: Client(app).post("/users/confirmations", body), [an_app() for _ in range(4)])
        )

    assert sorted(each.status for each in answers) == [204, 404, 404, 404]
    assert transactions.settled(lambda: store.find_challenge(asked["id"])) is not None
