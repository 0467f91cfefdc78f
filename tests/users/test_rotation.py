"""Can the key that signs access tokens be changed while people are signed in?"""

import json
from datetime import timedelta
from typing import Any

import jwt
import pytest

from chalicelib.core import clock, secrets
from chalicelib.core.http import bearer
from chalicelib.core.settings import settings
from chalicelib.users import rules
from chalicelib.users import service as users
from chalicelib.users.service import signing_keys
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.users.builders import SignedIn, a_customer, an_app, refreshed, sign_in

# Real time stands still in these tests, so tokens of a later moment look as if they came from the future.
MUCH_SECONDS = "1000000"


@pytest.fixture
def hana(aws: Account) -> SignedIn:
    return a_customer(Client(an_app()))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let it be another moment (epoch seconds), and everything that was held in memory old."""
    began = clock.now()

    def later(epoch_seconds: int) -> None:
        moment = began + timedelta(seconds=epoch_seconds - int(began.timestamp()))
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setenv("TOKEN_LEEWAY_SECONDS", MUCH_SECONDS)

    return later


def key_of(tokens: dict[str, Any]) -> str:
    return str(jwt.get_unverified_header(tokens["access_token"])["kid"])


def published() -> set[str]:
    answer = Client(an_app()).get("/.well-known/jwks.json")
    return {each["kid"] for each in answer.json["keys"]}


def who_asks(tokens: dict[str, Any]) -> Response:
    return Client(an_app()).signed_with(tokens["access_token"]).get("/users/me")


def test_a_new_key_is_known_before_it_signs_and_the_old_one_until_its_tokens_are_over(hana, at):
    old = key_of(hana.tokens)

    rotation = users.rotate_signing_keys()
    new, takeover = rotation.key_id, rotation.takeover
    before = sign_in(Client(an_app())).tokens

    assert published() == {old, new}
    assert key_of(before) == old

    at(takeover.signs_from - 1)
    assert key_of(sign_in(Client(an_app())).tokens) == old

    at(takeover.signs_from)
    after = sign_in(Client(an_app())).tokens
    assert key_of(after) == new
    assert (who_asks(before).status, who_asks(after).status) == (200, 200)

    at(takeover.old_ends_at - 1)
    assert published() == {old, new}
    assert (who_asks(before).status, who_asks(after).status) == (200, 200)

    at(takeover.old_ends_at + settings.signing_keys_cached_seconds + 1)
    assert published() == {new}
    assert who_asks(after).status == 200
    refusal = who_asks(before)
    assert (refusal.status, refusal.code) == (401, "unauthenticated")


def test_whoever_has_read_secret_and_keys_before_the_rotation_has_read_them_anew_when_the_new_key_signs(hana):
    began = clock.epoch_seconds()

    takeover = users.rotate_signing_keys().takeover

    caches = (settings.secrets_cached_seconds, settings.signing_keys_cached_seconds, settings.catalogue_cached_seconds)
    assert takeover.signs_from >= began + max(caches) + settings.token_leeway_seconds


def test_the_old_key_ends_when_no_clock_accepts_its_last_token():
    takeover = rules.takeover(1_000, token_seconds=900, leeway_seconds=5)

    assert (takeover.signs_from, takeover.old_ends_at) == (1_000, 1_910)


def test_a_function_that_knows_the_keys_from_before_accepts_the_new_one_in_time(hana, at):
    assert who_asks(hana.tokens).status == 200
    known = bearer._Held.keys

    rotation = users.rotate_signing_keys()
    at(rotation.takeover.signs_from)
    after = sign_in(Client(an_app())).tokens

    assert rotation.key_id not in known
    assert who_asks(after).status == 200


def test_refresh_tokens_survive_a_rotation_and_so_does_their_grace(hana, at):
    token = hana.tokens["refresh_token"]
    successor = refreshed(Client(an_app()), token).json["refresh_token"]

    rotation = users.rotate_signing_keys()
    same = refreshed(Client(an_app()), token).json["refresh_token"]
    at(rotation.takeover.old_ends_at)
    answer = refreshed(Client(an_app()), successor)

    assert same == successor
    assert (answer.status, key_of(answer.json)) == (200, rotation.key_id)


def test_a_takeover_that_is_under_way_is_not_begun_again_but_completed(hana):
    first = users.rotate_signing_keys()
    again = users.rotate_signing_keys()

    assert again == first
    assert published() == {key_of(hana.tokens), first.key_id}


def test_a_rotation_that_died_before_the_old_key_had_its_end_is_completed(hana, aws, at):
    rotation = users.rotate_signing_keys()
    (old,) = rotation.ended_key_ids
    key = {"pk": {"S": "SIGNING_KEYS"}, "sk": {"S": f"KEY#{old}"}}
    aws.dynamodb.update_item(TableName="nexus", Key=key, UpdateExpression="REMOVE expires_at")

    users.rotate_signing_keys()
    at(rotation.takeover.old_ends_at)

    assert published() == {rotation.key_id}


def test_a_key_that_has_never_signed_ends_too(aws, at):
    rotation = users.rotate_signing_keys()
    at(rotation.takeover.old_ends_at)

    assert len(rotation.ended_key_ids) == 1
    assert published() == {rotation.key_id}


def test_keys_can_be_rotated_time_and_again_and_the_secret_holds_no_more_than_two(hana, at):
    for _ in range(3):
        rotation = users.rotate_signing_keys()
        at(rotation.takeover.old_ends_at)

    held = secrets.read_fields(settings.signing_secret)
    assert published() == {rotation.key_id}
    assert set(held) == {"seed", "signs_from", "before"}
    assert set(held["before"]) == {"seed", "signs_from"}
    assert key_of(sign_in(Client(an_app())).tokens) == rotation.key_id


def test_keys_that_have_leaked_open_nothing_any_more_while_refresh_tokens_go_on(hana, monkeypatch):
    pending = users.rotate_signing_keys()

    rotation = users.replace_leaked_signing_keys()
    monkeypatch.setenv("SIGNING_KEYS_CACHED_SECONDS", "0")
    answer = refreshed(Client(an_app()), hana.tokens["refresh_token"])

    assert published() == {rotation.key_id}
    assert set(rotation.ended_key_ids) == {key_of(hana.tokens), pending.key_id}
    assert who_asks(hana.tokens).status == 401
    assert (answer.status, key_of(answer.json)) == (200, rotation.key_id)
    assert who_asks(answer.json).status == 200


def test_a_process_that_still_has_the_leaked_secret_does_not_publish_its_key_again(hana):
    leaked = secrets.read(settings.signing_secret)
    users.replace_leaked_signing_keys()

    signing_keys._signer_of.cache_clear()
    signing_keys._signer_of(json.loads(leaked)["seed"])

    assert key_of(hana.tokens) not in published()
