"""What of a user is stored, what never is, and what does each use cost?"""

import json
from typing import Any

import pytest

from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.identity import current_standing
from chalicelib.users import service as users
from chalicelib.users import store
from chalicelib.users.models import Credential
from chalicelib.users.service import refresh_tokens
from tests.support.account import Account
from tests.support.calling import Client
from tests.users.builders import PASSWORD, a_customer, an_app, refreshed, rows, sign_in

# A hash of the same password with fewer passes, as an older deployment might have left it.
OLD_HASH = "$argon2id$v=19$m=8192,t=1,p=1$"


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def test_no_password_and_no_token_ever_stands_in_the_table(aws, client):
    hana = a_customer(client)
    second = refreshed(client, hana.tokens["refresh_token"]).json
    client.post("/sessions", {"email": "hana@coffee.example", "password": "not the right password"})

    stored = json.dumps(rows(aws), ensure_ascii=False)

    assert "hana@coffee.example" in stored
    for secret in (PASSWORD, "not the right password", *_tokens(hana.tokens), *_tokens(second)):
        assert secret not in stored
    assert refresh_tokens.digest_of(hana.tokens["refresh_token"]) in stored


def test_no_password_and_no_token_is_logged(client, caplog):
    hana = a_customer(client)
    second = refreshed(client, hana.tokens["refresh_token"]).json

    written = " ".join(str(vars(record)) for record in caplog.records)

    assert "create_session" in written
    for secret in (PASSWORD, "hana@coffee.example", *_tokens(hana.tokens), *_tokens(second)):
        assert secret not in written


def test_the_private_key_is_nowhere_in_the_table(aws, client):
    a_customer(client)

    (key,) = [item for item in rows(aws) if item["kind"]["S"] == "signing_key"]

    assert "d" not in json.loads(key["jwk"]["S"])


def test_signing_up_announces_who_came_without_personal_data(aws, client):
    hana = a_customer(client)

    (user,) = [item for item in rows(aws) if item["kind"]["S"] == "user"]
    event = json.loads(user["event"]["S"])

    assert (event["type"], event["subject"]) == ("user.registered", hana.user_id)
    assert event["data"] == {"user_id": hana.user_id, "locale": "en"}
    assert "password_hash" not in user


def test_an_outdated_hash_is_renewed_at_the_next_sign_in(client):
    from argon2 import PasswordHasher

    hana = a_customer(client)
    outdated = PasswordHasher(memory_cost=8192, time_cost=1, parallelism=1).hash(PASSWORD)
    with transactions.write() as work:
        key = keys.credential(hana.user_id)
        work.replace(Credential.at(key, user_id=hana.user_id, password_hash=outdated))

    sign_in(client)

    credential, _, _ = store.proofs_of(hana.user_id)
    assert outdated.startswith(OLD_HASH)
    assert credential is not None
    assert credential.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert sign_in(client).user_id == hana.user_id


def test_a_disabled_user_neither_signs_in_nor_refreshes(client):
    hana = a_customer(client)
    standing = current_standing(hana.user_id)
    assert standing is not None
    standing.is_active = False
    with transactions.write() as work:
        work.replace(standing)

    answer = client.post("/sessions", {"email": "hana@coffee.example", "password": PASSWORD})

    assert answer.code == "wrong_credentials"
    assert refreshed(client, hana.tokens["refresh_token"]).code == "refresh_token_invalid"


def test_a_change_of_roles_is_in_the_next_token_and_makes_older_ones_stale(client):
    hana = a_customer(client)

    users.make_admin(users.contact_of("hana@coffee.example", None))

    standing = current_standing(hana.user_id)
    assert standing is not None
    assert (standing.number, standing.roles) == (2, ["admin", "customer"])
    refreshed_token = refreshed(client, hana.tokens["refresh_token"]).json["access_token"]
    assert client.signed_with(refreshed_token).post("/vendors", {"name": "Tena", "email": "a@b.example"}).status == 201


def _tokens(answer: dict[str, Any]) -> tuple[str, str]:
    return answer["access_token"], answer["refresh_token"]
