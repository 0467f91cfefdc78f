"""How often may somebody try to sign in, to sign up, and to go on?"""

import pytest

from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.support.recorded_calls import recording
from tests.users.builders import PASSWORD, a_customer, a_user_draft, an_app, refreshed

HANA, ALMAZ = "hana@coffee.example", "almaz@coffee.example"
GUESS = "four goats above Lalibela"


@pytest.fixture
def client(aws: Account, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Hana has an account, in a shop that lets little be tried."""
    client = Client(an_app())
    a_customer(client.at("198.51.100.1"), HANA)
    for name, value in {
        "SIGN_INS_PER_ACCOUNT": "3/900",
        "SIGN_INS_PER_ADDRESS": "5/900",
        "SIGN_UPS_PER_ADDRESS": "2/3600",
        "REFRESHES_PER_ADDRESS": "2/900",
    }.items():
        monkeypatch.setenv(name, value)
    return client


def tried(client: Client, email: str = HANA, password: str = GUESS) -> Response:
    return client.post("/sessions", {"email": email, "password": password})


def test_guessing_ends_wherever_it_is_done_from(client: Client) -> None:
    """Hana's own sign-in was the first of the three."""
    statuses = [tried(client.at(f"203.0.113.{number}")).status for number in range(3)]

    assert statuses == [401, 401, 429]
    assert tried(client, password=PASSWORD).code == "too_many_attempts"
    assert tried(client, ALMAZ).status == 401


def test_another_spelling_is_the_same_account(client: Client) -> None:
    spelt = ["HANA@coffee.example", "Hana@Coffee.Example", "hana@COFFEE.example"]

    assert [tried(client, email).status for email in spelt] == [401, 401, 429]


def test_whether_an_account_is_there_cannot_be_told_from_how_often_it_may_be_tried(client: Client) -> None:
    unknown = [tried(client.at(f"203.0.113.{number}"), ALMAZ) for number in range(4)]

    assert [answer.status for answer in unknown] == [401] * 3 + [429]
    assert unknown[-1].json["policy"] == "sign_ins_per_account"


def test_trying_one_account_after_the_other_from_one_address_ends_too(client: Client) -> None:
    answers = [tried(client, f"guest{number}@coffee.example") for number in range(6)]

    assert [answer.status for answer in answers] == [401] * 5 + [429]
    assert answers[-1].json["policy"] == "sign_ins_per_address"


def test_a_refused_sign_in_costs_neither_a_look_at_the_password_nor_a_session(aws: Account, client: Client) -> None:
    while tried(client).status != 429:
        pass

    with recording(aws.dynamodb) as calls:
        answer = tried(client, password=PASSWORD)

    assert answer.status == 429
    assert set(calls.operations) == {"UpdateItem"}
    assert calls.count <= 3


def test_signing_up_again_and_again_from_one_address_ends(client: Client) -> None:
    answers = [client.post("/users", a_user_draft(f"guest{number}@coffee.example")) for number in range(3)]

    assert [answer.status for answer in answers] == [202, 202, 429]
    assert client.at("203.0.113.7").post("/users", a_user_draft(ALMAZ)).status == 202


def test_presenting_refresh_tokens_from_one_address_ends(client: Client) -> None:
    assert [refreshed(client, f"made-up-{number}").status for number in range(3)] == [401, 401, 429]


def test_production_is_tight_per_account_and_wide_per_address(aws: Account) -> None:
    answer = tried(Client(an_app()))

    assert answer.headers["ratelimit-policy"] == (
        '"sign_ins_per_address";q=100;w=900, "sign_ins_per_account";q=10;w=900'
    )


@pytest.mark.parametrize("path", ["/sessions", "/sessions/refresh", "/users"])
def test_what_is_tried_says_what_is_left(client: Client, path: str) -> None:
    body = {
        "/sessions": {"email": HANA, "password": GUESS},
        "/sessions/refresh": {"refresh_token": "made-up"},
        "/users": a_user_draft(ALMAZ),
    }[path]

    assert ";r=" in client.post(path, body).headers["ratelimit"]
