"""How is the table reached? One connection for every item class."""

from functools import cache

from botocore.config import Config
from pynamodb.connection import TableConnection
from pynamodb.connection.base import MetaTable

from chalicelib.core.aws import USER_AGENT
from chalicelib.core.settings import settings

_HASH_AND_RANGE = ("HASH", "RANGE")
INDEXES = ("gsi1", "gsi2")


@cache
def table() -> TableConnection:
    """Return the connection to the table; endpoint, region and credentials come from the environment.

    Botocore's own retries cover lost connections and throttling of single calls; contention on
    conditional writes is ours (``transactions``).
    """
    reached = TableConnection(
        settings.table_name,
        meta_table=MetaTable(_description()),
        connect_timeout_seconds=settings.connect_within_seconds,
        read_timeout_seconds=settings.answer_within_seconds,
        max_retry_attempts=3,
        max_pool_connections=10,
    )
    # PynamoDB makes its client from this session, one per thread, so here and now.
    reached.connection.session.set_default_client_config(Config(user_agent=USER_AGENT))
    _ = reached.connection.client
    return reached


def _description() -> dict[str, object]:
    """Describe the keys as DescribeTable would, so that no call is spent on asking."""
    return {
        "TableName": settings.table_name,
        "KeySchema": _keys("pk", "sk"),
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": "S"}
            for name in ("pk", "sk", *(f"{index}{part}" for index in INDEXES for part in ("pk", "sk")))
        ],
        "GlobalSecondaryIndexes": [
            {"IndexName": index, "KeySchema": _keys(f"{index}pk", f"{index}sk")} for index in INDEXES
        ],
    }


def _keys(*names: str) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, _HASH_AND_RANGE, strict=True)]
