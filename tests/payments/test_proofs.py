"""Which webhooks are believed to come from the provider?"""

import base64
import hashlib
import hmac
import json

import pytest

from chalicelib.payments.proofs import Proof, Scheme, Secrets, any_holds, is_signed, knows, proofs_in, schemes

SECRET = "hush"
BODY = '{"event":"charge.success","tx_ref":"pay_1","amount":"350.00","first_name":"አልማዝ"}'.encode()


KNOWN = Secrets(SECRET, "chapa", "pass:wörd")


def basic(credentials: str) -> str:
    return f"Basic {base64.b64encode(credentials.encode()).decode()}"


def signed(body: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_a_signature_over_the_very_bytes_is_signed() -> None:
    assert is_signed(BODY, signed(BODY), SECRET)
    assert is_signed(BODY, f" {signed(BODY).upper()} ", SECRET)


def test_a_signature_over_the_compact_form_is_signed() -> None:
    spaced = json.dumps(json.loads(BODY), indent=2, ensure_ascii=False).encode()

    assert is_signed(spaced, signed(BODY), SECRET)


def test_the_constant_signature_proves_nothing() -> None:
    assert not is_signed(BODY, signed(SECRET.encode()), SECRET)


@pytest.mark.parametrize("signature", ["", "0" * 64, "ünsigned", signed(BODY, "guessed"), signed(BODY)[:-1]])
def test_a_forged_or_missing_signature_is_not_genuine(signature: str) -> None:
    assert not is_signed(BODY, signature, SECRET)


def test_a_changed_body_is_not_genuine() -> None:
    assert not is_signed(BODY.replace(b"350.00", b"1.00"), signed(BODY), SECRET)


def test_nothing_is_genuine_while_there_is_no_secret() -> None:
    assert not is_signed(BODY, signed(BODY, ""), "")


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"[" * 100_000, b'{"a":"\\ud800"}', b"9" * 5_000],
    ids=["empty", "utf-16", "deep", "half", "long"],
)
def test_a_body_that_cannot_be_read_is_refused_and_not_a_fault(body: bytes) -> None:
    assert not is_signed(body, "0" * 64, SECRET)


def test_whoever_knows_user_and_password_is_genuine() -> None:
    given = basic("chapa:pass:wörd")

    assert knows(given, KNOWN)
    assert knows(f" {given.replace('Basic', 'bASIC')}  ", KNOWN)


@pytest.mark.parametrize(
    "authorization",
    [
        *("", "Basic", "Basic ", "Basic =", "Basic ሀ", "Basic chapa:pass:wörd", "Basic " + "A" * 50_001),
        *(basic(each) for each in ("", ":", "chapa", "chapa:", ":pass:wörd", "chapa:pass", "Chapa:pass:wörd")),
        *(basic(each) for each in ("chapa:pass:wörd ", "chapa:pass:wörd\n", "other:pass:wörd")),
        basic("chapa:pass:wörd").replace("Basic", "Bearer"),
        basic("chapa:pass:wörd") + "!",
        base64.b64encode("chapa:pass:wörd".encode()).decode(),
    ],
)
def test_whoever_does_not_is_not(authorization: str) -> None:
    assert not knows(authorization, KNOWN)


@pytest.mark.parametrize(("user", "password"), [("", ""), ("chapa", ""), ("", "hush")])
def test_nobody_knows_credentials_that_do_not_exist(user: str, password: str) -> None:
    assert not knows(basic(f"{user}:{password}"), Secrets(SECRET, user, password))


def test_headers_are_asked_for_what_the_shop_says_they_prove() -> None:
    expected = schemes(["X-Chapa-Signature: body", " authorization:BASIC "])

    assert expected == {"x-chapa-signature": Scheme.BODY, "authorization": Scheme.BASIC}
    assert proofs_in({"authorization": "Basic x", "chapa-signature": "y", "x-chapa-signature": ""}, expected) == [
        Proof(Scheme.BASIC, "Basic x")
    ]


@pytest.mark.parametrize("said", ["authorization", "authorization:", "authorization:bearer"])
def test_a_scheme_that_there_is_not_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="is not a valid Scheme"):
        schemes([said])


def test_one_proof_is_enough_and_each_is_read_by_its_own_scheme() -> None:
    forged, genuine = Proof(Scheme.BODY, "0" * 64), Proof(Scheme.BASIC, basic("chapa:pass:wörd"))

    assert any_holds(BODY, [forged, genuine], KNOWN)
    assert any_holds(BODY, [Proof(Scheme.BASIC, "Basic x"), Proof(Scheme.BODY, signed(BODY))], KNOWN)
    assert not any_holds(BODY, [Proof(Scheme.BODY, genuine.said), Proof(Scheme.BASIC, signed(BODY))], KNOWN)
    assert not any_holds(BODY, [], KNOWN)
