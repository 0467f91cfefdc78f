"""How do tests get a cloud? One embedded cloud per test run; an account, or a deployed shop, on top."""

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chalicelib.core import aws
from chalicelib.core import secrets as stored_secrets
from chalicelib.core.storage import connection
from infra.clouds import Cloud, CloudName, chosen_name, embedded_cloud, remote_cloud
from infra.deployment import Deployment
from infra.local.embedded_cloud import EmbeddedCloud
from infra.local.ports import free_port
from infra.packaging import REPOSITORY
from infra.template import read_template, table_definition

# In place of the production defaults, so that a test can wait for what a shopper waits for.
SECONDS = {
    "PayWithinSeconds": "20",
    "PaymentLinkSeconds": "20",
    "SweepGraceSeconds": "1",
    "StartWithinSeconds": "5",
    "PaymentCheckSeconds": "1",
    "PaymentCheckLongestSeconds": "2",
    "PaymentTimeoutSeconds": "60",
    "RetryIntervalSeconds": "1",
    "IdempotencyLeaseSeconds": "5",
    "DeliveryLeaseSeconds": "5",
    "QueueRetrySeconds": "30",
}


@dataclass(frozen=True)
class Shop:
    """A deployed stack: where its API answers and what else it said of itself."""

    api_url: str
    outputs: dict[str, str]
    cloud: Cloud


@contextmanager
def running_cloud() -> Iterator[EmbeddedCloud]:
    """Run an embedded cloud on a free port that forgets everything at the end."""
    folder = REPOSITORY / ".local" / f"test-{os.getpid()}-{secrets.token_hex(3)}"
    try:
        with EmbeddedCloud(folder, port=free_port(), keeps_data=False) as cloud:
            yield cloud
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_account(endpoint_url: str) -> Cloud:
    """Return an account that nobody has used: on the embedded cloud every 12-digit access key is one."""
    return embedded_cloud(endpoint_url, str(100_000_000_000 + secrets.randbelow(900_000_000_000)))


def furnished(cloud: Cloud) -> dict[str, str]:
    """Create in an account what product code in this process needs; return its environment."""
    table = table_definition(read_template(), "nexus")
    cloud.client("dynamodb").create_table(**table)
    secrets_manager = cloud.client("secretsmanager")
    chapa = {"secret_key": "CHASECK_TEST-generated", "webhook_secret": secrets.token_hex(16)}
    values = {
        "USERS_SECRET": secrets.token_hex(32),
        "TOKENS_SECRET": secrets.token_hex(32),
        "CHAPA_SECRET": json.dumps(chapa),
    }
    for name, value in values.items():
        secrets_manager.create_secret(Name=name, SecretString=value)
    return {
        **cloud.environment(),
        **{name: name for name in values},
        "TABLE_NAME": table["TableName"],
        "EVENTS_TOPIC_ARN": cloud.client("sns").create_topic(Name="events")["TopicArn"],
        "UNREADABLE_RECORDS_QUEUE_URL": cloud.client("sqs").create_queue(QueueName="unreadable")["QueueUrl"],
        "PUBLIC_BASE_URL": "http://shop.test/v1",
    }


def deployed_shop(start_cloud: "EmbeddedCloud | None", parameters: dict[str, str]) -> Shop:
    """Deploy the template with durations in seconds to the cloud that `CLOUD` names."""
    if start_cloud is None:
        cloud, stack = remote_cloud(chosen_name()), f"nexus-test-{secrets.token_hex(3)}"
    else:
        # Calls of the REST API carry no credentials, so only the default account's API is found.
        cloud, stack = embedded_cloud(start_cloud.endpoint_url), "nexus-test"
    outputs = Deployment(cloud, stack, SECONDS | parameters, say=lambda line: None).deploy()
    return Shop(outputs["ApiUrl"], outputs, cloud)


def is_embedded() -> bool:
    return chosen_name() is CloudName.EMBEDDED


def forget_clients() -> None:
    """Let product code connect anew: its clients keep the account in which they were made."""
    aws.client.cache_clear()
    connection.table.cache_clear()
    stored_secrets._held.clear()
