"""What stands between a right password and the second factor? A short-lived token that opens nothing else."""

import base64
import hashlib
import hmac

from chalicelib.core import clock, secrets
from chalicelib.core.settings import settings
from chalicelib.core.storage.identity import Standing
from chalicelib.users.errors import MfaTokenInvalid

_PURPOSE = "second factor"
_PARTS = 4


def issue(standing: Standing) -> str:
    """Return a token that says whose password was right, and since which change of their sessions."""
    expires_at = clock.epoch_seconds() + settings.second_factor_seconds
    said = f"{standing.user_id}.{standing.session_epoch}.{expires_at}"
    return f"{said}.{_signature(said)}"


def opened(token: str) -> tuple[str, int]:
    """Return the user's id and the session epoch of a token. Raises ``MfaTokenInvalid``."""
    said, _, signature = token.rpartition(".")
    is_genuine = hmac.compare_digest(signature.encode(), _signature(said).encode())
    if not is_genuine or token.count(".") != _PARTS - 1:
        raise MfaTokenInvalid()
    user_id, epoch, expires_at = said.split(".")
    if int(expires_at) <= clock.epoch_seconds():
        raise MfaTokenInvalid()
    return user_id, int(epoch)


def demand_unchanged(standing: Standing | None, epoch: int) -> Standing:
    """Return the standing if nothing has ended the user's sessions since. Raises ``MfaTokenInvalid``."""
    if standing is None or not standing.is_active or standing.session_epoch != epoch:
        raise MfaTokenInvalid()
    return standing


def _signature(said: str) -> str:
    key = secrets.key_for(settings.users_secret, _PURPOSE)
    return base64.urlsafe_b64encode(hmac.digest(key, said.encode(), hashlib.sha256)).rstrip(b"=").decode()
