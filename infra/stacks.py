"""Which shop does an operator's command work on? The cloud that `CLOUD` names, the table that a stack says it has."""

import os

from botocore.exceptions import BotoCoreError, ClientError

from infra.clouds import Cloud, CloudName, chosen_name, embedded_cloud, remote_cloud
from infra.deployment import Deployment
from infra.local.embedded_cloud import DEFAULT_PORT

STACK = "nexus"


class ShopNotFound(Exception):
    """There is no cloud, or no such stack on it; the message says which."""


def chosen_cloud() -> Cloud:
    """Return the cloud that is meant; the embedded one is the one that `make run` keeps running."""
    name = chosen_name()
    if name is not CloudName.EMBEDDED:
        return remote_cloud(name)
    return embedded_cloud(f"http://127.0.0.1:{os.environ.get('CLOUD_PORT') or DEFAULT_PORT}")


def point_at(cloud: Cloud, *, stack: str = STACK, table: str | None = None) -> None:
    """Let the shop's own code in this process work on a stack's table. Raises ``ShopNotFound``."""
    os.environ.update(cloud.environment())
    os.environ["TABLE_NAME"] = table or _table_of(cloud, stack)


def _table_of(cloud: Cloud, stack: str) -> str:
    try:
        return Deployment(cloud, stack).outputs()["TableName"]
    except (BotoCoreError, ClientError, KeyError) as problem:
        raise ShopNotFound(f"No stack {stack} on {cloud.name}: {problem}") from None
