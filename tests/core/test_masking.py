"""Is a secret never shown, and a person's address only hinted at?"""

from dataclasses import dataclass

import pytest

from chalicelib.core.masking import as_change, cut, masked


@dataclass(frozen=True)
class Account:
    holder: str
    password_hash: str


@pytest.mark.parametrize(
    "name", ["password", "new_password", "client_secret", "refresh_token", "code", "proof", "api_key", "keys", "hash"]
)
def test_a_secret_is_known_by_its_name(name: str) -> None:
    assert masked(name, "hush") == "•••"


@pytest.mark.parametrize(
    "name", ["name", "status", "keyboard", "monkey", "sku", "variants[TOKEN-20]", "variants[code].price"]
)
def test_other_names_are_no_secrets(name: str) -> None:
    assert masked(name, "Gabi") == "Gabi"


def test_that_there_is_no_secret_may_be_seen() -> None:
    assert as_change("password", None, "hush") == '["password",null,"•••"]'


def test_a_secret_is_found_however_deep_it_lies() -> None:
    deep = {"accounts": [Account("Hana", "argon2...")], "pin": {"code": 1234}}

    assert masked("things", deep) == {
        "accounts": [{"holder": "Hana", "password_hash": "•••"}],
        "pin": {"code": "•••"},
    }


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("email", "hana@example.com", "h•••@example.com"),
        ("phone", "+251911223344", "+25•••44"),
        ("bank_account_number", "1000123456789", "100•••89"),
        ("emails", ["hana@example.com"], ["h•••@example.com"]),
    ],
)
def test_an_address_is_hinted_at(name: str, value: object, shown: object) -> None:
    assert masked(name, value) == shown


def test_a_change_is_told_in_texts() -> None:
    assert as_change("count", 1, 2) == '["count","1","2"]'
    assert as_change("roles", {"b", "a"}, []) == '["roles","[\\"a\\",\\"b\\"]","[]"]'
    assert as_change("title", {"am": "ቡና"}, "ቡና") == '["title","{\\"am\\":\\"ቡና\\"}","ቡና"]'


def test_a_long_text_is_cut() -> None:
    assert cut("x" * 200) == "x" * 200
    assert cut("x" * 201) == "x" * 199 + "…"
