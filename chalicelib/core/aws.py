"""How does the shop reach AWS? One cached client per service, with time-outs a Lambda can live with."""

from functools import cache
from typing import Any

from botocore.config import Config

from chalicelib.core.settings import settings


@cache
def client(service: str) -> Any:
    """Return the client of a service; ``AWS_ENDPOINT_URL`` and credentials come from the environment."""
    import boto3

    patience = Config(
        connect_timeout=settings.connect_within_seconds,
        read_timeout=settings.answer_within_seconds,
        retries={"mode": "standard", "max_attempts": 3},
    )
    return boto3.client(service, config=patience)
