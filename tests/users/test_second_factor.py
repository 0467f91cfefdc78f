"""How does somebody sign in with a second factor, and what does not count as one?"""

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest

from chalicelib.users import one_time_passwords
from tests.support.account import Account
from tests.support.calling import Client, Response
from tests.support.proofs import App
from tests.users.builders import PASSWORD, SignedIn, a_customer, an_app, refreshed, rows


@pytest.fixture
def client(aws: Account) -> Client:
    return Client(an_app())


def enrolled(who: SignedIn) -> tuple[App, list[str]]:
    """Set an app up, with the code of step 0."""
    app = App(who.client.post("/users/me/second-factor").json["secret"])
    confirmed = who.client.post("/users/me/second-factor/confirmation", {"code": app.code(0)})
    assert confirmed.status == 201, confirmed.text
    return app, confirmed.json["recovery_codes"]


def first_step(client: Client) -> Response:
    return client.post("/sessions", {"email": "hana@coffee.example", "password": PASSWORD})


def second_step(client: Client, **proof: str) -> Response:
    return client.post("/sessions/second-factor", {"mfa_token": first_step(client).json["mfa_token"], **proof})


def test_an_app_is_set_up_with_a_uri_and_a_picture_of_it(client):
    hana = a_customer(client)

    begun = hana.client.post("/users/me/second-factor").json

    uri = pyotp.parse_uri(begun["otpauth_uri"])
    assert (uri.name, uri.issuer, uri.secret) == ("hana@coffee.example", "Nexus", begun["secret"])
    assert len(begun["secret"]) == 32
    assert begun["qr_image"].startswith("data:image/svg+xml")
    assert begun["otpauth_uri"].startswith("otpauth://totp/")


def test_an_app_counts_only_once_it_was_confirmed(client):
    hana = a_customer(client)
    app = App(hana.client.post("/users/me/second-factor").json["secret"])

    wrong = hana.client.post("/users/me/second-factor/confirmation", {"code": "000000"})

    assert (wrong.status, wrong.code) == (401, "second_factor_wrong")
    assert first_step(client).status == 201
    assert hana.client.get("/users/me/second-factor").json == {"is_enabled": False, "recovery_codes_left": 0}
    assert hana.client.post("/users/me/second-factor/confirmation", {"code": app.code()}).status == 201
    assert hana.client.get("/users/me/second-factor").json == {"is_enabled": True, "recovery_codes_left": 10}


def test_signing_in_takes_two_steps(client):
    app, _ = enrolled(a_customer(client))

    first = first_step(client)
    second = client.post("/sessions/second-factor", {"mfa_token": first.json["mfa_token"], "code": app.code()})

    assert (first.status, first.code, first.json["expires_in"]) == (401, "second_factor_required", 300)
    assert "access_token" not in first.json
    assert second.status == 201, second.text
    assert client.signed_with(second.json["access_token"]).get("/sessions").json["items"][0]["has_second_factor"]
    assert refreshed(client, second.json["refresh_token"]).status == 200


def test_a_wrong_password_learns_nothing_of_a_second_factor(client):
    enrolled(a_customer(client))

    answer = client.post("/sessions", {"email": "hana@coffee.example", "password": "not this one, surely"})

    assert answer.code == "wrong_credentials"


def test_a_code_counts_once(client):
    app, _ = enrolled(a_customer(client))
    code = app.code()

    assert second_step(client, code=code).status == 201
    replayed = second_step(client, code=code)

    assert (replayed.status, replayed.code) == (401, "second_factor_wrong")


def test_an_older_code_does_not_count_after_a_newer_one(client):
    app, _ = enrolled(a_customer(client))

    assert second_step(client, code=app.code(1)).status == 201
    assert second_step(client, code=app.code(0)).code == "second_factor_wrong"


@pytest.mark.parametrize("steps", [-3, -2, 3, 4])
def test_codes_of_another_time_do_not_count(client, steps):
    app, _ = enrolled(a_customer(client))

    assert second_step(client, code=app.code(steps)).code == "second_factor_wrong"


@pytest.mark.usefixtures("patience")
def test_one_code_used_ten_times_at_once_opens_one_session(client):
    app, _ = enrolled(a_customer(client))
    code, token = app.code(), first_step(client).json["mfa_token"]
    clients = [Client(an_app()) for _ in range(10)]

    with ThreadPoolExecutor(10) as pool:
        answers = list(
            pool.map(lambda each: each.post("/sessions/second-factor", {"mfa_token": token, "code": code}), clients)
        )

    assert sorted(each.status for each in answers) == [201] + [401] * 9


@pytest.mark.usefixtures("patience")
def test_each_recovery_code_counts_once_and_then_none_is_left(aws, client):
    _, recovery_codes = enrolled(a_customer(client))

    used = [second_step(client, recovery_code=each) for each in recovery_codes]
    again = second_step(client, recovery_code=recovery_codes[0])

    assert [each.status for each in used] == [201] * 10
    assert (again.status, again.code) == (401, "second_factor_wrong")
    stored = str(rows(aws))
    assert not any(each in stored or each.replace("-", "") in stored for each in recovery_codes)


def test_recovery_codes_are_ten_of_eighty_bits_and_may_be_typed_badly(client):
    _, recovery_codes = enrolled(a_customer(client))

    assert len(set(recovery_codes)) == 10
    assert all(len(each.replace("-", "")) == 16 for each in recovery_codes)
    assert second_step(client, recovery_code=recovery_codes[0].lower().replace("-", " ")).status == 201


def test_new_recovery_codes_end_those_before(client):
    hana = a_customer(client)
    _, before = enrolled(hana)

    after = hana.client.post("/users/me/recovery-codes").json["recovery_codes"]

    assert second_step(client, recovery_code=before[0]).code == "second_factor_wrong"
    assert second_step(client, recovery_code=after[0]).status == 201


def test_a_second_factor_that_is_taken_off_is_asked_for_no_more(client):
    hana = a_customer(client)
    enrolled(hana)

    assert hana.client.delete("/users/me/second-factor").status == 204
    assert first_step(client).status == 201
    assert hana.client.delete("/users/me/second-factor").code == "second_factor_off"
    assert hana.client.post("/users/me/recovery-codes").code == "second_factor_off"


def test_another_app_takes_over_once_it_is_confirmed(client):
    hana = a_customer(client)
    first, _ = enrolled(hana)
    begun = App(hana.client.post("/users/me/second-factor").json["secret"])

    assert second_step(client, code=begun.code()).code == "second_factor_wrong"
    assert second_step(client, code=first.code()).status == 201
    assert hana.client.post("/users/me/second-factor/confirmation", {"code": begun.code(0)}).status == 201
    assert second_step(client, code=begun.code()).status == 201
    assert second_step(client, code=first.code(2)).code == "second_factor_wrong"


def test_the_second_factor_of_an_account_can_be_guessed_only_so_often(client, monkeypatch):
    monkeypatch.setenv("SECOND_FACTORS_PER_ACCOUNT", "3/3600")
    app, _ = enrolled(a_customer(client))

    guesses = [second_step(client, code="000000") for _ in range(4)]
    right = second_step(client, code=app.code())

    assert [each.code for each in guesses] == ["second_factor_wrong"] * 3 + ["too_many_attempts"]
    assert (right.status, int(right.headers["retry-after"]) > 0) == (429, True)


def test_nothing_is_confirmed_that_was_not_begun(client):
    hana = a_customer(client)

    answer = hana.client.post("/users/me/second-factor/confirmation", {"code": "123456"})

    assert (answer.status, answer.code) == (409, "second_factor_not_begun")


def test_the_token_of_the_first_step_opens_nothing_else(client):
    enrolled(a_customer(client))
    token = first_step(client).json["mfa_token"]

    assert client.signed_with(token).get("/users/me").status == 401
    assert refreshed(client, token).code == "refresh_token_invalid"


def test_no_other_token_stands_for_the_first_step(client):
    hana = a_customer(client)
    app, _ = enrolled(hana)
    token = first_step(client).json["mfa_token"]
    said, _, signature = token.rpartition(".")
    parts = said.split(".")
    forged = ".".join([parts[0], parts[1], str(int(parts[2]) + 1), signature])

    for wrong in (
        hana.tokens["access_token"][:256],
        hana.tokens["refresh_token"],
        forged,
        f"{token}x",
        "...",
        "a.b.c.d",
    ):
        answer = client.post("/sessions/second-factor", {"mfa_token": wrong, "code": app.code()})
        assert (answer.status, answer.code) == (401, "mfa_token_invalid"), wrong


def test_the_token_of_the_first_step_ends_with_its_time_and_with_the_password(client, monkeypatch):
    hana = a_customer(client)
    app, _ = enrolled(hana)
    with monkeypatch.context() as patch:
        patch.setenv("SECOND_FACTOR_SECONDS", "0")
        late = first_step(client).json["mfa_token"]
    before = first_step(client).json["mfa_token"]
    hana.client.post("/users/me/password", {"password": "an entirely new sentence"})

    for token in (late, before):
        answer = client.post("/sessions/second-factor", {"mfa_token": token, "code": app.code()})
        assert answer.code == "mfa_token_invalid"


def test_the_secret_of_an_app_is_nowhere_in_the_table(aws, client):
    hana = a_customer(client)
    secret = hana.client.post("/users/me/second-factor").json["secret"]

    assert secret not in str(rows(aws))


def test_a_recovery_code_is_nowhere_in_the_table(aws, client):
    _, codes = enrolled(a_customer(client))

    stored = str(rows(aws)).replace("-", "").upper()
    assert [code for code in codes if code.replace("-", "").upper() in stored] == []


def test_the_codes_are_those_of_the_standard():
    # RFC 6238 appendix B, SHA-1, at 59 seconds: 94287082; ours are its last six digits.
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    assert one_time_passwords.accepted_step(secret, "287082", now=59, after=0) == 1
    assert one_time_passwords.accepted_step(secret, "287082", now=59, after=1) is None
