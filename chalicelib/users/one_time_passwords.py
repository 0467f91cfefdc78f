"""How do authenticator apps and recovery codes work? TOTP (RFC 6238: SHA-1, 6 digits, 30 seconds), and hashes.

An app's secret is derived from its id, so that the table holds nothing to steal.
"""

import base64
import hashlib
import hmac
import secrets as randomness

from chalicelib.core import secrets
from chalicelib.core.settings import settings

_SECRET_BYTES = 20
_PERIOD = 30
# One step of drift either way (RFC 6238 section 5.2).
_DRIFT = (0, -1, 1)
_RECOVERY_BYTES, _GROUP = 15, 4
_LOOK_ALIKES = str.maketrans("018", "OLB")


def secret_of(factor_id: str) -> str:
    """Return the secret that an app shares with the shop: 160 bits in base32."""
    key = secrets.key_for(settings.factors_secret, f"totp/{factor_id}")
    return base64.b32encode(key[:_SECRET_BYTES]).decode()


def uri_of(factor_id: str, *, account: str, issuer: str) -> str:
    """Return the ``otpauth://`` address that an app reads from a QR image."""
    from pyotp import TOTP

    return TOTP(secret_of(factor_id)).provisioning_uri(name=account, issuer_name=issuer)


def image_of(uri: str) -> str:
    """Return a QR image of an address, as a ``data:`` URI of an SVG."""
    import segno

    return segno.make(uri, error="m").svg_data_uri(scale=5)


def accepted_step(secret: str, code: str, *, now: int, after: int) -> int | None:
    """Return the time step whose code this is, if it is a present one and newer than the last accepted."""
    from pyotp import TOTP

    totp, present = TOTP(secret), now // _PERIOD
    for step in (present + drift for drift in _DRIFT):
        if step > after and hmac.compare_digest(totp.generate_otp(step).encode(), code.strip().encode()):
            return step
    return None


def new_recovery_codes(count: int) -> list[str]:
    """Return codes of 120 random bits each, in groups that can be typed: so many that a plain hash will do."""
    return [_grouped(base64.b32encode(randomness.token_bytes(_RECOVERY_BYTES)).decode()) for _ in range(count)]


def digest_of(recovery_code: str) -> str:
    """Return what is stored of a recovery code, however it is typed."""
    letters = "".join(each for each in recovery_code.upper() if each.isalnum()).translate(_LOOK_ALIKES)
    return hashlib.sha256(letters.encode()).hexdigest()


def _grouped(letters: str) -> str:
    return "-".join(letters[first : first + _GROUP] for first in range(0, len(letters), _GROUP))
