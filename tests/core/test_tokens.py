"""Does the shop recognise what it gave out, and nothing else?"""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as property_tests
from hypothesis import strategies as some

from chalicelib.core import holding, tokens
from tests.support.account import Account

once_per_test = property_tests(suppress_health_check=[HealthCheck.function_scoped_fixture])


@once_per_test
@given(some.text(min_size=1))
def test_what_was_signed_is_opened(aws: Account, text: str) -> None:
    signed = tokens.sign("cursor", text.encode("utf-8", "replace").decode())

    assert tokens.opened("cursor", signed) == text.encode("utf-8", "replace").decode()


@once_per_test
@given(some.data())
def test_one_changed_character_makes_it_worthless(aws: Account, data: some.DataObject) -> None:
    token = tokens.guest_token("crt_01J")
    place = data.draw(some.integers(0, len(token) - 1))
    other = data.draw(some.sampled_from("aZ9_-.ዳ").filter(lambda letter: letter != token[place]))

    forged = token[:place] + other + token[place + 1 :]

    assert tokens.guest_cart_id(forged) is None


@pytest.mark.parametrize(
    "token", ["", ".", "crt_01J", "crt_01J.", ".abc", "a.b.c", "ዳ.ዳ", "crt_01J.AAAAAAAAAAAAAAAAAAAAAA"]
)
def test_nonsense_is_not_ours(aws: Account, token: str) -> None:
    assert tokens.guest_cart_id(token) is None


def test_a_token_serves_one_purpose(aws: Account) -> None:
    assert tokens.opened("cursor", tokens.guest_token("crt_01J")) is None
    assert tokens.guest_cart_id(tokens.sign("cursor", "crt_01J")) is None


def test_a_new_secret_makes_old_tokens_worthless(aws: Account) -> None:
    token = tokens.guest_token("crt_01J")
    aws.cloud.client("secretsmanager").put_secret_value(SecretId="tokens", SecretString="another one")
    holding.forget()

    assert tokens.guest_cart_id(token) is None


def test_a_token_shows_the_cart_and_nothing_of_the_key(aws: Account) -> None:
    cart_id, _, signature = tokens.guest_token("crt_01J").rpartition(".")

    assert cart_id == "crt_01J"
    assert len(signature) == 22
