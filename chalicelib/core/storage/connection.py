"""How are the tables reached? One connection for every item class, and one for the audit trail's own table."""

from functools import cache

from botocore.config import Config
from pynamodb.connection import TableConnection
from pynamodb.connection.base import MetaTable

from chalicelib.core.aws import USER_AGENT
from chalicelib.core.settings import settings

_HASH_AND_RANGE = ("HASH", "RANGE")
INDEXES = ("gsi1", "gsi2")
_AUDIT_INDEXES = ("gsi1", "gsi2", "gsi3")


@cache
def table() -> TableConnection:
    """Return the connection to the table; endpoint, region and credentials come from the environment."""
    return _reached(settings.table_name, INDEXES)


@cache
def audit_table() -> TableConnection:
    """Return the connection to the audit trail's table; all but two functions are denied to use it."""
    return _reached(settings.audit_table_name, _AUDIT_INDEXES)


def forget() -> None:
    """Drop the connections, as a new process would start."""
    table.cache_clear()
    audit_table.cache_clear()


def _reached(name: str, indexes: tuple[str, ...]) -> TableConnection:
    """Connect to a table.

    Botocore's own retries cover lost connections and throttling of single calls; contention on
    conditional writes is ours (``transactions``).
    """
    reached = TableConnection(
        name,
        meta_table=MetaTable(_description(name, indexes)),
        connect_timeout_seconds=settings.connect_within_seconds,
        read_timeout_seconds=settings.answer_within_seconds,
        max_retry_attempts=3,
        max_pool_connections=10,
    )
    # PynamoDB makes its client from this session, one per thread, so here and now.
    reached.connection.session.set_default_client_config(Config(user_agent=USER_AGENT))
    _ = reached.connection.client
    return reached


def _description(table_name: str, indexes: tuple[str, ...]) -> dict[str, object]:
    """Describe the keys as DescribeTable would, so that no call is spent on asking."""
    return {
        "TableName": table_name,
        "KeySchema": _keys("pk", "sk"),
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": "S"}
            for name in ("pk", "sk", *(f"{index}{part}" for index in indexes for part in ("pk", "sk")))
        ],
        "GlobalSecondaryIndexes": [
            {"IndexName": index, "KeySchema": _keys(f"{index}pk", f"{index}sk")} for index in indexes
        ],
    }


def _keys(*names: str) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, _HASH_AND_RANGE, strict=True)]
