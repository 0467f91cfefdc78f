"""How are secrets reached? By name from Secrets Manager, kept shortly in memory, one key per purpose."""

import hashlib
import hmac
import json
from typing import Any

from chalicelib.core import holding
from chalicelib.core.aws import client
from chalicelib.core.settings import settings


def read(name: str) -> str:
    """Return the current value of a secret."""

    def stored() -> str:
        return str(client("secretsmanager").get_secret_value(SecretId=name)["SecretString"])

    return holding.held(_held(name), stored, seconds=settings.secrets_cached_seconds)


def read_fields(name: str) -> dict[str, Any]:
    """Return the members of a secret that is a JSON object."""
    fields: dict[str, Any] = json.loads(read(name))
    return fields


def key_for(name: str, purpose: str) -> bytes:
    """Derive 32 bytes for one purpose, so that one stored secret serves several keys."""
    return hmac.digest(read(name).encode(), purpose.encode(), hashlib.sha256)


def write(name: str, value: str) -> None:
    """Put another value into a secret; others read it once what they hold is old."""
    client("secretsmanager").put_secret_value(SecretId=name, SecretString=value)
    holding.forget(_held(name))


def _held(name: str) -> str:
    return f"secret {name}"
