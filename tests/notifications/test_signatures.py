"""Is a report believed only when whoever signed it knows the token?"""

import base64
import hashlib
import hmac

import pytest

from chalicelib.notifications.signatures import is_genuine

TOKEN = "12345"
URL = "https://example.com/myapp"
FIELDS = [("B", "2"), ("A", "1")]
# Twilio's own example, tried against its library.
SIGNATURE = "c9Floaxl/RCsNTLJ9WIurNaqhlQ="


def signed(text: str, token: str = TOKEN) -> str:
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def test_the_documented_example_is_genuine() -> None:
    assert is_genuine(URL, FIELDS, SIGNATURE, token=TOKEN)
    assert is_genuine(URL, list(reversed(FIELDS)), f" {SIGNATURE} ", token=TOKEN)


@pytest.mark.parametrize(
    "fields",
    [[], [("A", "1")], [*FIELDS, ("C", "")], [("A", "2"), ("B", "1")], [("A", "1"), ("B", "2"), ("B", "3")]],
)
def test_every_field_is_bound(fields: list[tuple[str, str]]) -> None:
    assert not is_genuine(URL, fields, SIGNATURE, token=TOKEN)


@pytest.mark.parametrize("url", ["https://example.com/myapp/", "http://example.com/myapp", "https://example.org/myapp"])
def test_the_address_is_bound(url: str) -> None:
    assert not is_genuine(url, FIELDS, SIGNATURE, token=TOKEN)


def test_fields_that_are_new_are_signed_too() -> None:
    fields = [*FIELDS, ("Brand", "ሀ new"), ("Empty", "")]

    assert is_genuine(URL, fields, signed(f"{URL}A1B2Brandሀ newEmpty"), token=TOKEN)


def test_a_name_that_repeats_is_signed_with_each_of_its_values_once() -> None:
    fields = [("A", "2"), ("B", "3"), ("A", "1"), ("A", "2")]

    assert is_genuine(URL, fields, signed(f"{URL}A1A2B3"), token=TOKEN)


@pytest.mark.parametrize(
    ("url", "called"),
    [
        ("https://example.com/myapp", "https://example.com:443/myapp"),
        ("http://example.com/myapp", "http://example.com:80/myapp"),
        ("http://127.0.0.1:4566/v1", "http://127.0.0.1:4566/v1"),
    ],
)
def test_the_port_that_goes_without_saying_may_be_said(url: str, called: str) -> None:
    assert is_genuine(url, [], signed(called), token=TOKEN)


def test_another_port_is_another_address() -> None:
    assert not is_genuine(URL, [], signed("https://example.com:8443/myapp"), token=TOKEN)


@pytest.mark.parametrize("signature", [None, "", "c9Floaxl", "ሀ", SIGNATURE.lower(), signed(URL + "A1B2", "other")])
def test_any_other_signature_is_refused(signature: str | None) -> None:
    assert not is_genuine(URL, FIELDS, signature, token=TOKEN)


def test_without_a_token_nothing_is_genuine() -> None:
    assert not is_genuine(URL, FIELDS, signed(URL + "A1B2", ""), token="")
