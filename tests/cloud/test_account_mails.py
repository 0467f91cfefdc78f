"""Do the links that the deployed shop mails open what they say, and is its owner told afterwards?"""

import pytest

from infra.local.mailbox.letters import Letter
from tests.support.market import PASSWORD, Market, join, new_address, signed_in
from tests.support.shopper import SOON_SECONDS
from tests.support.waiting import eventually

ANOTHER_PASSWORD = "eleven blue jars in Gondar"


def letter_to(market: Market, address: str, subject: str) -> Letter:
    """Wait for the letter to somebody that has this subject."""

    def found() -> Letter | None:
        return next((each for each in market.letters_to(address) if each.subject == subject), None)

    return eventually(found, SOON_SECONDS, f"“{subject}” arrives at {address}")


def answer_in(letter: Letter, page: str) -> dict[str, str]:
    """Return what the storefront sends to the API when the letter's link is opened."""
    (link,) = letter.links
    start = f"http://localhost:3000/account/{page}#"
    assert link.startswith(start)
    challenge_id, _, code = link.removeprefix(start).partition(".")
    return {"challenge_id": challenge_id, "code": code}


@pytest.mark.parametrize(
    ("language", "to_confirm", "ready"),
    [
        ("en", "Confirm your mail address", "Your account is ready"),
        ("am", "የኢሜይል አድራሻዎን ያረጋግጡ", "መለያዎ ተከፍቷል"),
    ],
    ids=["en", "am"],
)
def test_somebody_signs_up_by_the_link_of_a_mail(market: Market, language: str, to_confirm: str, ready: str) -> None:
    address, api = new_address("reader"), market.api.sending(accept_language=language)
    api.must("POST", "/users", {"email": address, "password": PASSWORD, "name": "Meron Tesfaye"})

    confirmation = answer_in(letter_to(market, address, to_confirm), "confirm")
    assert api.post("/users/confirmations", confirmation).status == 204

    assert signed_in(api, address).must("GET", "/users/me")["email"] == address
    assert "Meron Tesfaye" in letter_to(market, address, ready).text


def test_a_forgotten_password_is_replaced_by_the_link_of_a_mail(market: Market) -> None:
    address = new_address("forgetful")
    join(market.shop, address)
    market.api.must("POST", "/password-resets", {"email": address})

    answer = answer_in(letter_to(market, address, "Choose a new password"), "reset")
    replaced = market.api.post("/password-resets/completions", {**answer, "password": ANOTHER_PASSWORD})

    assert replaced.status == 204, replaced.text
    assert market.api.post("/sessions", {"email": address, "password": PASSWORD}).status == 401
    assert market.api.post("/sessions", {"email": address, "password": ANOTHER_PASSWORD}).status == 201
    assert letter_to(market, address, "You have a new password").links == []
