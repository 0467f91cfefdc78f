"""Is every try to prove who one is noted, whether it succeeded or not?"""

import json

import pytest

from tests.support.account import Account
from tests.support.calling import Client
from tests.users.builders import PASSWORD, SignedIn, a_customer, an_app, rows, sign_in

WRONG = "two goats above Lalibela"


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


@pytest.fixture
def hana(client: Client) -> SignedIn:
    return a_customer(client)


def notes(aws: Account) -> list[tuple[str, str, str]]:
    """Return what was noted as (kind, subject, outcome)."""
    events = [json.loads(row["event"]["S"])["data"] for row in rows(aws, "audit_note")]
    return sorted((each["kind"], each["subject"], each["outcome"]) for each in events)


def test_whoever_signs_up_in_and_out_is_noted(aws, client, hana):
    sign_in(client).client.delete("/sessions/current")

    who = hana.user_id
    assert notes(aws) == [
        ("sign_in", who, "done"),
        ("sign_in", who, "done"),
        ("sign_out", who, "done"),
        ("sign_up", who, "done"),
    ]


def test_whoever_fails_to_sign_in_or_to_prove_it_again_is_noted_without_what_they_typed(aws, client, hana):
    client.post("/sessions", {"email": "hana@coffee.example", "password": WRONG})
    hana.client.post("/sessions/current/authentication", {"password": WRONG})
    hana.client.post("/sessions/current/authentication", {"password": PASSWORD})

    proofs = [note for note in notes(aws) if note[0] in ("sign_in", "authentication")]
    assert proofs == [
        ("authentication", hana.user_id, "done"),
        ("authentication", hana.user_id, "refused"),
        ("sign_in", hana.user_id, "done"),
        ("sign_in", hana.user_id, "refused"),
    ]
    assert WRONG not in str(rows(aws))
