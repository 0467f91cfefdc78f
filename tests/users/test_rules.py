"""Which passwords and addresses are accepted, and when is a refresh token taken for stolen?"""

import pytest

from chalicelib.users import passwords, rules
from chalicelib.users.errors import PasswordGuessable, PasswordTooShort
from chalicelib.users.rules import Rotation

ABOUT = ("hana.bekele@coffee.example", "Hana Bekele")


def demand_strong(password: str) -> None:
    rules.demand_strong(password, min_length=15, about=ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "three goats above Lalibela",
        "ሦስት ፍየሎች ከላሊበላ በላይ",
        " spaces  count too ",
        "x9!kQ2#vB7&mZ4^w",
        "buna-ena-kollo-2026",
    ],
)
def test_a_long_password_of_any_characters_will_do(password):
    demand_strong(password)


def test_a_password_of_fourteen_characters_is_too_short():
    with pytest.raises(PasswordTooShort) as refused:
        demand_strong("three goats ab")

    assert refused.value.facts == {"min_length": 15}


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password12345678",
        "qwertyuiopasdfghjkl",
        "aaaaaaaaaaaaaaaa",
        "1234567890123456",
        "hana.bekele@coffee",
        "BekeleHanaCoffee1",
        "correcthorsebatterystaple",
        "changemechangeme",
    ],
)
def test_a_password_that_is_tried_first_is_refused(password):
    with pytest.raises(PasswordGuessable):
        demand_strong(password)


def test_an_address_is_one_in_whatever_case_and_composition_it_is_written():
    assert rules.normalised_email("Hana@Coffee.EXAMPLE") == rules.normalised_email("hana@coffee.example")
    assert rules.normalised_email("cafe\u0301@shop.example") == rules.normalised_email("caf\u00e9@shop.example")


@pytest.mark.parametrize(
    ("used_at", "meaning"),
    [(None, Rotation.FIRST_USE), (100, Rotation.REPEATED), (91, Rotation.REPEATED), (90, Rotation.REUSED)],
)
def test_a_refresh_token_repeated_within_the_grace_is_no_theft(used_at, meaning):
    assert rules.rotation_of(used_at, now=100, grace_seconds=10) is meaning


def test_the_work_for_an_unknown_user_is_that_of_a_known_one():
    stored = passwords.hashed("three goats above Lalibela")

    assert not passwords.is_outdated(passwords.NOBODYS_HASH)
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.is_right("three goats above Lalibela", stored)
    assert not passwords.is_right("three goats above lalibela", stored)
    assert not passwords.is_right("three goats above Lalibela", None)
