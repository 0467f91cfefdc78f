"""How does the shop reach AWS? One cached client per service, with time-outs a Lambda can live with."""

from functools import cache
from typing import Any

from botocore.config import Config

from chalicelib.core.settings import settings

# Botocore would spell out its own, letter by letter, at each call: a tenth of the call's CPU time.
USER_AGENT = "nexus"


@cache
def client(service: str) -> Any:
    """Return the client of a service; ``AWS_ENDPOINT_URL`` and credentials come from the environment."""
    import boto3

    patience = Config(
        connect_timeout=settings.connect_within_seconds,
        read_timeout=settings.answer_within_seconds,
        retries={"mode": "standard", "max_attempts": 3},
        user_agent=USER_AGENT,
    )
    return boto3.client(service, config=patience)
