"""Which webhooks are believed to come from the provider?"""

import hashlib
import hmac
import json

import pytest

from chalicelib.payments.signatures import is_genuine

SECRET = "hush"
BODY = '{"event":"charge.success","tx_ref":"pay_1","amount":"350.00","first_name":"አልማዝ"}'.encode()


def signed(body: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_a_signature_over_the_very_bytes_is_genuine() -> None:
    assert is_genuine(BODY, signed(BODY), SECRET)
    assert is_genuine(BODY, f" {signed(BODY).upper()} ", SECRET)


def test_a_signature_over_the_compact_form_is_genuine() -> None:
    spaced = json.dumps(json.loads(BODY), indent=2, ensure_ascii=False).encode()

    assert is_genuine(spaced, signed(BODY), SECRET)


def test_the_constant_signature_proves_nothing() -> None:
    assert not is_genuine(BODY, signed(SECRET.encode()), SECRET)


@pytest.mark.parametrize("signature", [None, "", "0" * 64, "ünsigned", signed(BODY, "guessed"), signed(BODY)[:-1]])
def test_a_forged_or_missing_signature_is_not_genuine(signature: str | None) -> None:
    assert not is_genuine(BODY, signature, SECRET)


def test_a_changed_body_is_not_genuine() -> None:
    assert not is_genuine(BODY.replace(b"350.00", b"1.00"), signed(BODY), SECRET)


def test_nothing_is_genuine_while_there_is_no_secret() -> None:
    assert not is_genuine(BODY, signed(BODY, ""), "")


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"[" * 100_000, b'{"a":"\\ud800"}', b"9" * 5_000],
    ids=["empty", "utf-16", "deep", "half", "long"],
)
def test_a_body_that_cannot_be_read_is_refused_and_not_a_fault(body: bytes) -> None:
    assert not is_genuine(body, "0" * 64, SECRET)
