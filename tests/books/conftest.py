"""Which table do these tests look at? One, filled once; each test breaks a copy of what was read from it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from infra.clouds import Cloud
from infra.local.chapa import ChapaSimulator
from tests.books.a_shop import everything_happens
from tests.support.account import TABLE, fresh_account


@dataclass(frozen=True)
class Filled:
    """The table in which everything has happened, and what it holds."""

    cloud: Cloud
    table: str
    stored: tuple[dict[str, Any], ...]


@pytest.fixture(scope="module")
def filled(embedded_cloud_url: str) -> Iterator[Filled]:
    with (
        pytest.MonkeyPatch.context() as patch,
        fresh_account(embedded_cloud_url, patch) as account,
        ChapaSimulator(secret_key="CHASECK_TEST-abc", webhook_secret="hush") as chapa,
    ):
        patch.setenv("CHAPA_BASE_URL", chapa.api_url)
        patch.setenv("CHECKOUT_MACHINE_ARN", _machine(account.cloud))
        everything_happens(chapa)
        pages = account.cloud.client("dynamodb").get_paginator("scan").paginate(TableName=TABLE)
        yield Filled(account.cloud, TABLE, tuple(item for page in pages for item in page["Items"]))


def _machine(cloud: Cloud) -> str:
    """Make a machine whose executions do nothing; the tests take its steps themselves."""
    made = cloud.client("stepfunctions").create_state_machine(
        name="checkout",
        roleArn="arn:aws:iam::000000000000:role/checkout",
        definition=json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}),
    )
    return str(made["stateMachineArn"])
