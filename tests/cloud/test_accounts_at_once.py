"""Do many at once become one account, and two tabs one session, in the deployed shop?"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.users import service as users
from tests.cloud.test_texts import a_number
from tests.support.market import PASSWORD, Market, join, new_address, working_on
from tests.support.proofs import answer_to

_AT_ONCE = 8


@pytest.mark.parametrize("channel", ["email", "phone"])
def test_a_hundred_sign_ups_at_once_become_one_account(market: Market, channel: str) -> None:
    contact = {channel: new_address("many") if channel == "email" else a_number()}
    draft = {**contact, "password": PASSWORD, "name": "Meron Tesfaye"}

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        asked = list(pool.map(lambda _: market.api.post("/users", draft), range(100)))
    with working_on(market.shop):
        proofs = [answer_to(each.json) for each in asked]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        made = list(pool.map(lambda proof: market.api.post("/users/confirmations", proof).status, proofs))

    assert {each.status for each in asked} == {202}
    assert len({_without_id(each.json) for each in asked}) == 1
    assert sorted(made) == [204] + [409] * 99
    with working_on(market.shop):
        assert users.find_user_id(users.contact_of(contact.get("email"), contact.get("phone")))


def test_fifty_uses_of_one_refresh_token_give_one_successor(market: Market) -> None:
    address = new_address("tabs")
    join(market.shop, address)
    token = market.api.must("POST", "/sessions", {"email": address, "password": PASSWORD})["refresh_token"]

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = list(pool.map(lambda _: market.api.post("/sessions/refresh", {"refresh_token": token}), range(50)))

    assert {answer.status for answer in answers} == {200}
    (successor,) = {answer.json["refresh_token"] for answer in answers}
    assert market.api.post("/sessions/refresh", {"refresh_token": successor}).status == 200


def _without_id(answer: dict[str, Any]) -> str:
    return str(sorted((answer | {"id": ""}).items()))
