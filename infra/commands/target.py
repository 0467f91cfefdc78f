"""Which shop does an operator's command mean? The cloud that `CLOUD` names, and a stack's table on it."""

import argparse
import getpass
import os
from contextlib import suppress

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.core.audit import Doer
from infra.clouds import Cloud, chosen_name, cloud_of
from infra.deployment import Deployment


class ShopNotFound(Exception):
    """There is no cloud, or no such stack on it; the message says which."""


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Let the command line name the stack or the table."""
    parser.add_argument("--stack", default="nexus", help="stack whose table is meant")
    parser.add_argument("--table", help="table, if there is no stack to ask")


def operator() -> Doer:
    """Return who runs the command, for the audit trail: their name on this machine."""
    with suppress(KeyError, OSError):
        return Doer(getpass.getuser(), "operator")
    return Doer(kind="operator")


def chosen_cloud() -> Cloud:
    """Return the cloud that `CLOUD` names; the embedded one is where `make run` has it."""
    return cloud_of(chosen_name())


def table_of(cloud: Cloud, *, stack: str, table: str | None, output: str = "TableName") -> str:
    """Return the table that was named, or the one that the stack says is its own. Raises ``ShopNotFound``."""
    if table is not None:
        return table
    try:
        return Deployment(cloud, stack).outputs()[output]
    except (BotoCoreError, ClientError, KeyError) as problem:
        raise ShopNotFound(f"No stack {stack} on {cloud.name}: {problem}") from None


def work_as(cloud: Cloud, function: str, *, stack: str) -> None:
    """Let this process work with all that a function of a stack is told. Raises ``ShopNotFound``."""
    try:
        told = cloud.client("lambda").get_function_configuration(FunctionName=f"{stack}-{function}")
    except (BotoCoreError, ClientError) as problem:
        raise ShopNotFound(f"No function {stack}-{function} on {cloud.name}: {problem}") from None
    os.environ.update(told["Environment"]["Variables"] | cloud.environment())


def point_at(cloud: Cloud, *, table: str) -> None:
    """Let the shop's own code in this process work on a table."""
    os.environ.update(cloud.environment())
    os.environ["TABLE_NAME"] = table
