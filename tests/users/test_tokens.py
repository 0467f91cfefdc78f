"""Which access tokens open a door, and which look like one but do not?"""

import base64
import hashlib
import hmac
import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chalicelib.core import clock, tokens
from chalicelib.core.http import bearer
from chalicelib.core.storage import connection, keys, transactions
from chalicelib.core.storage.identity import PublicKey, current_standing
from chalicelib.users.service import mfa_tokens, signing_keys
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.support.recorded_calls import recording
from tests.users.builders import SignedIn, a_customer, an_app, refreshed, sign_in


@pytest.fixture
def hana(aws: Account) -> SignedIn:
    return a_customer(Client(an_app()))


def status_with(user: SignedIn, token: str) -> int:
    """Return how a door answers to a token; turned away, with the one problem that says nothing of the reason."""
    answer = user.client.signed_with(token).get("/users/me")
    if answer.status != 200:
        assert (answer.status, answer.code) == (401, "unauthenticated"), answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"
    return answer.status


def header_of(user: SignedIn) -> dict[str, Any]:
    return jwt.get_unverified_header(user.tokens["access_token"])


def claims_of(user: SignedIn) -> dict[str, Any]:
    return jwt.decode(user.tokens["access_token"], options={"verify_signature": False})


def signed_by_the_shop(claims: dict[str, Any], header: dict[str, Any]) -> str:
    return jwt.encode(claims, signing_keys.signer().private_key, algorithm="ES256", headers=header)


def part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_a_token_says_who_may_do_what_for_how_long(hana):
    claims, header = claims_of(hana), header_of(hana)

    assert header == {"alg": "ES256", "typ": "at+jwt", "kid": header["kid"]}
    assert set(claims) == {
        *("iss", "aud", "sub", "jti", "iat", "nbf", "exp"),
        *("sid", "auth_time", "amr", "roles", "permissions", "standing"),
    }
    assert (claims["iss"], claims["aud"], claims["sub"]) == ("nexus", "nexus-api", hana.user_id)
    assert (claims["exp"] - claims["iat"], claims["roles"], claims["standing"]) == (900, ["customer"], 1)


def test_the_same_claims_signed_by_the_shop_are_accepted(hana):
    assert status_with(hana, signed_by_the_shop(claims_of(hana), header_of(hana))) == 200


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "another-api"},
        {"iss": "another-shop"},
        {"exp": 1},
        {"nbf": 4_000_000_000},
        {"iat": 4_000_000_000},
        {"aud": "nexus-mfa"},
        {"aud": ["another-api"]},
        {"exp": "soon"},
        {"aud": None},
        {"sub": None},
        {"exp": None},
        {"jti": None},
        {"iss": None},
        {"nbf": None},
    ],
    ids=str,
)
def test_a_token_for_elsewhere_or_another_time_is_refused(hana, change):
    claims = {name: value for name, value in (claims_of(hana) | change).items() if value is not None}

    assert status_with(hana, signed_by_the_shop(claims, header_of(hana))) == 401


@pytest.mark.parametrize("typ", ["JWT", "refresh+jwt", "mfa+jwt", None])
def test_another_kind_of_token_is_refused(hana, typ):
    assert status_with(hana, signed_by_the_shop(claims_of(hana), header_of(hana) | {"typ": typ})) == 401


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE"])
def test_an_unsigned_token_is_refused(hana, algorithm):
    header = header_of(hana) | {"alg": algorithm}

    assert status_with(hana, f"{part(header)}.{part(claims_of(hana))}.") == 401


def test_the_public_key_is_no_shared_secret(hana):
    (published,) = hana.client.get("/.well-known/jwks.json").json["keys"]
    signed = f"{part(header_of(hana) | {'alg': 'HS256'})}.{part(claims_of(hana))}"
    pem = jwt.PyJWK(published).key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    secrets = [json.dumps(published).encode(), signing_keys.public_keys()[0].model_dump_json().encode(), pem]

    for secret in secrets:
        signature = base64.urlsafe_b64encode(hmac.digest(secret, signed.encode(), hashlib.sha256)).rstrip(b"=")
        assert status_with(hana, f"{signed}.{signature.decode()}") == 401


def test_a_key_of_somebody_else_is_refused_under_a_new_id_and_under_ours(hana):
    theirs = ec.generate_private_key(ec.SECP256R1())

    for key_id in ("theirs", header_of(hana)["kid"]):
        header = header_of(hana) | {"kid": key_id}
        assert status_with(hana, jwt.encode(claims_of(hana), theirs, algorithm="ES256", headers=header)) == 401


@pytest.mark.parametrize(("algorithm", "curve"), [("ES384", ec.SECP384R1()), ("ES512", ec.SECP521R1())])
def test_another_algorithm_than_ours_is_refused_whatever_the_header_says(hana, algorithm, curve):
    theirs = ec.generate_private_key(curve)

    token = jwt.encode(claims_of(hana), theirs, algorithm=algorithm, headers=header_of(hana) | {"alg": algorithm})

    assert status_with(hana, token) == 401


@pytest.mark.parametrize("key_id", [{}, {"kid": ""}, {"kid": "unknown"}, {"kid": "../KEY"}, {"kid": "x" * 5_000}])
def test_a_key_id_that_names_none_of_our_keys_is_refused(hana, key_id):
    assert status_with(hana, signed_by_the_shop(claims_of(hana), {"typ": "at+jwt", **key_id})) == 401


def test_made_up_key_ids_cost_no_read_of_the_table(hana, aws):
    status_with(hana, hana.tokens["access_token"])

    with recording(aws.dynamodb) as calls:
        for key_id in ("one", "two", "three"):
            status_with(hana, signed_by_the_shop(claims_of(hana), header_of(hana) | {"kid": key_id}))

    assert calls.operations == []


def test_a_token_cannot_bring_its_own_key(hana):
    theirs = ec.generate_private_key(ec.SECP256R1())
    jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(theirs.public_key()))
    header = header_of(hana) | {"kid": "theirs", "jwk": jwk, "jku": "https://theirs.example/jwks.json"}

    assert status_with(hana, jwt.encode(claims_of(hana), theirs, algorithm="ES256", headers=header)) == 401


def test_a_changed_claim_breaks_the_signature(hana):
    header, _, signature = hana.tokens["access_token"].split(".")
    raised = part(claims_of(hana) | {"roles": ["admin"]})

    assert status_with(hana, f"{header}.{raised}.{signature}") == 401


def test_an_expired_token_is_refused_after_the_leeway(hana, monkeypatch):
    monkeypatch.setenv("ACCESS_TOKEN_SECONDS", "-6")
    expired = sign_in(Client(an_app()))

    assert status_with(hana, expired.tokens["access_token"]) == 401


def test_a_refresh_token_opens_no_door(hana):
    assert status_with(hana, hana.tokens["refresh_token"]) == 401


def test_what_stands_between_password_and_second_factor_opens_no_door(hana):
    standing = current_standing(hana.user_id)

    as_the_shop_makes_it = mfa_tokens.issue(standing)
    as_a_jwt = signed_by_the_shop(claims_of(hana) | {"aud": "nexus-mfa"}, header_of(hana) | {"typ": "mfa+jwt"})

    assert status_with(hana, as_the_shop_makes_it) == 401
    assert status_with(hana, as_a_jwt) == 401


def test_no_other_token_is_a_refresh_token_or_stands_before_the_second_factor(hana):
    client, refresh_token = Client(an_app()), hana.tokens["refresh_token"]
    mfa_token = mfa_tokens.issue(current_standing(hana.user_id))

    assert refreshed(client, hana.tokens["access_token"]).code == "malformed"  # far too long for one
    assert refreshed(client, mfa_token).code == "refresh_token_invalid"
    assert first_step_with(client, hana.tokens["access_token"]).code == "malformed"
    assert first_step_with(client, refresh_token).code == "mfa_token_invalid"


def first_step_with(client: Client, token: str) -> Response:
    return client.post("/sessions/second-factor", {"mfa_token": token, "code": "123456"})


def test_a_cart_token_does_not_sign_anybody_in(hana):
    assert status_with(hana, tokens.guest_token(hana.user_id)) == 401


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "a.b", "é.é.é"])
def test_what_is_no_token_is_refused(hana, text):
    assert status_with(hana, text) == 401


def test_the_published_key_is_the_one_that_signs(hana):
    answer = Client(an_app()).get("/.well-known/jwks.json")
    (jwk,) = answer.json["keys"]
    required = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    thumbprint = hashlib.sha256(json.dumps(required, separators=(",", ":"), sort_keys=True).encode()).digest()

    assert answer.headers["cache-control"].startswith("public")
    assert set(jwk) == {"kty", "crv", "x", "y", "kid", "alg", "use"}
    assert jwk["kid"] == base64.urlsafe_b64encode(thumbprint).rstrip(b"=").decode() == header_of(hana)["kid"]
    assert jwt.decode(
        hana.tokens["access_token"], jwt.PyJWK(jwk), algorithms=["ES256"], audience="nexus-api", issuer="nexus"
    )


def test_another_process_with_the_same_secret_signs_with_the_same_key(hana):
    signing_keys._signer_of.cache_clear()
    again = sign_in(Client(an_app()))

    assert header_of(again)["kid"] == header_of(hana)["kid"]
    assert len(signing_keys.public_keys()) == 1


def test_a_key_that_is_published_later_is_found_when_it_is_first_seen(hana, monkeypatch):
    assert status_with(hana, hana.tokens["access_token"]) == 200
    new = ec.generate_private_key(ec.SECP256R1())
    with transactions.write() as work:
        jwk = jwt.algorithms.ECAlgorithm.to_jwk(new.public_key())
        work.create(PublicKey.at(keys.signing_key("new"), key_id="new", jwk=jwk))
    token = jwt.encode(claims_of(hana), new, algorithm="ES256", headers=header_of(hana) | {"kid": "new"})

    soon = status_with(hana, token)
    monkeypatch.setenv("SIGNING_KEYS_CACHED_SECONDS", "0")

    assert (soon, status_with(hana, token)) == (401, 200)
    assert bearer._Held.read_at <= clock.now().timestamp()


def test_a_door_that_cannot_read_the_keys_stays_shut(hana, monkeypatch):
    monkeypatch.setenv("TABLE_NAME", "gone")
    connection.table.cache_clear()
    bearer.forget_keys()

    answer = hana.client.get("/sessions")

    assert (answer.status, answer.code) == (500, "internal_error")
    assert "gone" not in answer.text
