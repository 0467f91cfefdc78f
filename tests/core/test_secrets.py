"""Are secrets read rarely, replaced in time, and used for one purpose each?"""

import pytest
from botocore.exceptions import ClientError

from chalicelib.core import secrets
from chalicelib.core.aws import client
from tests.support.account import Account
from tests.support.faults import failing


def replace(aws: Account, text: str) -> None:
    aws.cloud.client("secretsmanager").put_secret_value(SecretId="tokens", SecretString=text)


def test_a_secret_is_read_once_while_it_is_held(aws: Account) -> None:
    first = secrets.read("tokens")
    replace(aws, "another one")

    assert secrets.read("tokens") == first


def test_a_replaced_secret_is_seen_when_the_time_is_over(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRETS_CACHED_SECONDS", "0")
    secrets.read("tokens")
    replace(aws, "another one")

    assert secrets.read("tokens") == "another one"


def test_a_held_secret_survives_an_outage(aws: Account) -> None:
    held = secrets.read("tokens")

    with failing(client("secretsmanager"), "GetSecretValue", "InternalServiceError", times=9, status=500) as fault:
        assert secrets.read("tokens") == held

    assert fault.made == 0


def test_a_secret_that_is_not_there_is_a_fault(aws: Account) -> None:
    with pytest.raises(ClientError, match="ResourceNotFound"):
        secrets.read("nowhere")


def test_keys_differ_by_purpose_and_by_secret(aws: Account) -> None:
    found = {secrets.key_for(name, purpose) for name in ("tokens", "users") for purpose in ("guest", "cursor")}

    assert len(found) == 4
    assert {len(key) for key in found} == {32}
    assert secrets.key_for("tokens", "guest") in found


def test_members_of_a_secret_are_read(aws: Account) -> None:
    assert secrets.read_fields("chapa")["webhook_secret"] == "hush"
