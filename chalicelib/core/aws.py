"""How does the shop reach AWS? One cached client per service, with time-outs a Lambda can live with."""

from functools import cache
from typing import Any

from botocore.config import Config

from chalicelib.core.settings import settings

# Botocore would spell out its own, letter by letter, at each call: a tenth of the call's CPU time.
USER_AGENT = "nexus"
# Without it forms are signed in a way that newer regions refuse, and lead to a host that redirects, which forms cannot.
_FILES = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
_FILES_ELSEWHERE = Config(signature_version="s3v4", s3={"addressing_style": "path"})


@cache
def client(service: str) -> Any:
    """Return the client of a service; ``AWS_ENDPOINT_URL`` and credentials come from the environment."""
    import boto3

    patience = _patience()
    return boto3.client(service, config=patience.merge(_FILES) if service == "s3" else patience)


@cache
def files_client(endpoint_url: str, access_key: str | None, secret_key: str | None) -> Any:
    """Return a client of somebody else's S3, such as MinIO; without keys of its own it uses the environment's."""
    import boto3

    keys = {"aws_access_key_id": access_key, "aws_secret_access_key": secret_key} if access_key else {}
    return boto3.client("s3", endpoint_url=endpoint_url, config=_patience().merge(_FILES_ELSEWHERE), **keys)


def _patience() -> Config:
    return Config(
        connect_timeout=settings.connect_within_seconds,
        read_timeout=settings.answer_within_seconds,
        retries={"mode": "standard", "max_attempts": 3},
        user_agent=USER_AGENT,
    )
