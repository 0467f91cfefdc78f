"""How does the shop reach AWS? One cached client per service, with time-outs a Lambda can live with."""

from functools import cache
from typing import Any

from botocore.config import Config

_PATIENCE = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"mode": "standard", "max_attempts": 3},
)


@cache
def client(service: str) -> Any:
    """Return the client of a service; ``AWS_ENDPOINT_URL`` and credentials come from the environment."""
    import boto3

    return boto3.client(service, config=_PATIENCE)
