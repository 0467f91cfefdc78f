"""Does each door let in whom it should, and nobody else?"""

from collections.abc import Callable

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.core import access_tokens, clock
from chalicelib.core.http import bearer
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.identity import Standing, current_standing
from chalicelib.core.tokens import guest_token
from tests.core.notes import an_app
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import signed, token_for

PATHS = ("/notes", "/anyone", "/owned", "/mine", "/fresh", "/kept", "/sold", "/offered")
CALLERS: dict[str, Callable[[], str]] = {
    "nobody": lambda: "",
    "guest": lambda: guest_token("crt_1"),
    "customer": token_for,
    "vendor": lambda: token_for(roles=["customer", "vendor"], vendor_id="ven_1"),
    "staff": lambda: token_for(permissions=["notes.keep"]),
    "other staff": lambda: token_for(permissions=["catalog.manage"]),
    "admin": lambda: token_for(roles=["admin"]),
    "vendor without a shop": lambda: token_for(roles=["vendor"]),
}
# What each gets at: /notes, /anyone, /owned, /mine, /fresh, /kept, /sold, /offered
EXPECTED = {
    "nobody": (200, 200, 401, 401, 401, 401, 401, 401),
    "guest": (200, 200, 200, 401, 401, 401, 401, 401),
    "customer": (200, 200, 200, 200, 200, 403, 403, 403),
    "vendor": (200, 200, 200, 200, 200, 403, 200, 200),
    "staff": (200, 200, 200, 200, 200, 200, 403, 200),
    "other staff": (200, 200, 200, 200, 200, 403, 403, 403),
    "admin": (200, 200, 200, 200, 200, 200, 403, 200),
    "vendor without a shop": (200, 200, 200, 200, 200, 403, 403, 403),
}


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def claims(**changed: object) -> dict[str, object]:
    now = clock.epoch_seconds()
    return {
        "iss": "nexus",
        "aud": access_tokens.AUDIENCE,
        "sub": "usr_1",
        "jti": "jti_1",
        "iat": now,
        "nbf": now,
        "exp": now + 900,
        "roles": ["customer"],
        "standing": 1,
    } | changed


@pytest.mark.parametrize("who", CALLERS)
def test_each_door_lets_in_whom_it_should(client: Client, who: str) -> None:
    token = CALLERS[who]()
    caller = client.signed_with(token) if token else client

    assert tuple(caller.get(path).status for path in PATHS) == EXPECTED[who]


def test_the_caller_is_whom_the_token_names(client: Client) -> None:
    assert client.signed_with(guest_token("crt_1")).get("/owned").json["id"] == "crt_1"
    assert client.signed_with(token_for(user_id="usr_1")).get("/owned").json["id"] == "usr_1"
    assert client.signed_with(token_for(roles=["vendor"], vendor_id="ven_1")).get("/sold").json["text"] == "ven_1"
    assert client.get("/anyone").json["id"] == ""


def test_a_member_is_limited_to_its_vendor_and_whom_the_shop_lets_in_to_nothing(client: Client) -> None:
    def limited_to(token: str) -> str:
        return client.signed_with(token).get("/offered").json["text"]

    assert limited_to(token_for(roles=["vendor"], vendor_id="ven_1")) == "ven_1"
    assert limited_to(token_for(permissions=["notes.keep"])) == "None"
    assert limited_to(token_for(roles=["admin"])) == "None"
    assert limited_to(token_for(roles=["vendor"], vendor_id="ven_1", permissions=["notes.keep"])) == "None"
    assert limited_to(token_for(roles=["vendor"], vendor_id="ven_1", permissions=["catalog.manage"])) == "ven_1"


def test_refusals_say_how_to_sign_in(client: Client) -> None:
    answer = client.get("/mine")

    assert (answer.code, answer.headers["www-authenticate"]) == ("unauthenticated", "Bearer")


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Basic aGk6aGk=", "bearer x", "Bearer a.b", "Bearer a.b.c", "Bearer ቡና.ቡና"],
)
@pytest.mark.parametrize("path", ["/mine", "/owned", "/anyone"])
def test_what_is_no_token_is_refused_even_where_none_is_needed(client: Client, path: str, authorization: str) -> None:
    assert client.get(path, authorization=authorization).status == 401


def test_a_public_door_does_not_even_look(client: Client, aws: Account) -> None:
    with recording(aws.dynamodb) as calls:
        assert client.get("/notes", authorization="Bearer nonsense").status == 200

    assert calls.operations == ["Query"]


def test_the_scheme_is_read_in_any_case(client: Client) -> None:
    assert client.get("/owned", authorization=f"bEARER  {guest_token('crt_1')} ").status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": 1},
        {"nbf": 9_999_999_999},
        {"iss": "somebody"},
        {"aud": "another-api"},
        {"sub": None},
        {"jti": None},
        {"exp": None},
    ],
)
def test_a_token_of_ours_that_does_not_hold_now_and_here_is_refused(client: Client, changed: dict[str, object]) -> None:
    claims_left_out = {name for name, value in changed.items() if value is None}
    token = token_for(**{name: value for name, value in changed.items() if value is not None})
    if claims_left_out:
        payload = jwt.decode(token, options={"verify_signature": False})
        token = signed({name: value for name, value in payload.items() if name not in claims_left_out})

    assert client.signed_with(token).get("/mine").status == 401


def test_a_token_that_was_signed_by_another_key_is_refused(client: Client) -> None:
    ours = token_for()
    headers = {"typ": access_tokens.TOKEN_TYPE, "kid": jwt.get_unverified_header(ours)["kid"]}
    forged = jwt.encode(claims(roles=["admin"]), ec.generate_private_key(ec.SECP256R1()), "ES256", headers)

    assert client.signed_with(forged).get("/mine").status == 401


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_cannot_choose_how_it_is_checked(client: Client, algorithm: str) -> None:
    """With a public key as an HMAC secret, or with no signature at all (RFC 8725 section 3.1)."""
    kid = jwt.get_unverified_header(token_for())["kid"]
    secret = "" if algorithm == "none" else "x" * 32
    forged = jwt.encode(claims(), secret, algorithm, {"typ": access_tokens.TOKEN_TYPE, "kid": kid})

    assert client.signed_with(forged).get("/mine").status == 401


def test_a_token_of_ours_for_something_else_is_refused(client: Client) -> None:
    payload = jwt.decode(token_for(), options={"verify_signature": False})

    assert client.signed_with(signed(payload)).get("/mine").status == 200
    assert client.signed_with(signed(payload, typ="JWT")).get("/mine").status == 401


def test_an_unknown_key_is_looked_up_at_most_once_a_minute(client: Client, aws: Account) -> None:
    client.signed_with(token_for()).get("/mine")
    unknown = jwt.encode(
        claims(), ec.generate_private_key(ec.SECP256R1()), "ES256", {"typ": access_tokens.TOKEN_TYPE, "kid": "other"}
    )

    with recording(aws.dynamodb) as calls:
        for _ in range(5):
            assert client.signed_with(unknown).get("/mine").status == 401

    assert calls.operations == []


def test_a_new_key_is_found_when_the_minute_is_over(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    bearer.forget_keys()
    monkeypatch.setenv("SIGNING_KEYS_CACHED_SECONDS", "0")
    assert client.signed_with(token_for()).get("/mine").status == 200


def test_a_taken_right_acts_at_once_at_a_fresh_door_only(client: Client) -> None:
    caller = client.signed_with(token_for(user_id="usr_1"))
    standing = current_standing("usr_1")
    assert standing is not None
    standing.number += 1
    with transactions.write() as work:
        work.replace(standing)

    assert (caller.get("/mine").status, caller.get("/fresh").status) == (200, 401)


def test_whoever_was_shut_out_stays_outside(client: Client) -> None:
    caller = client.signed_with(token_for(user_id="usr_1"))
    with transactions.write() as work:
        work.replace(Standing.at(keys.standing("usr_1"), user_id="usr_1", roles=["customer"], is_active=False))

    assert caller.get("/fresh").status == 401


def test_a_guest_has_no_standing_to_look_up(client: Client) -> None:
    assert client.signed_with(guest_token("usr_1")).get("/fresh").status == 401


def test_a_fresh_look_is_one_consistent_read(client: Client, aws: Account) -> None:
    caller = client.signed_with(token_for())
    caller.get("/fresh")

    with recording(aws.dynamodb) as calls:
        caller.get("/fresh")

    assert calls.operations == ["GetItem"]
    assert calls.sent[0].params["ConsistentRead"] is True
