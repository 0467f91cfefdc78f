"""How are access tokens made? Signed with a key that is derived from a secret only this domain may read."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.core import clock, ids, secrets
from chalicelib.core.access_tokens import ALGORITHM, AUDIENCE, TOKEN_TYPE
from chalicelib.core.settings import settings
from chalicelib.core.storage import identity, keys, transactions
from chalicelib.core.storage.identity import PublicKey, Standing
from chalicelib.users.schemas import JwkView

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey

# The order of P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3) and the bytes of its coordinates.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_COORDINATE_BYTES = 32


@dataclass(frozen=True)
class _Signer:
    key_id: str
    private_key: "EllipticCurvePrivateKey"


class _Published(Exception):
    """Another process was there before."""


def issue(standing: Standing, session_id: str, *, auth_time: int, methods: Sequence[str]) -> str:
    """Return an access token for a user's session.

    ``auth_time`` (epoch seconds) and ``methods`` (RFC 8176) say when and how the user proved who they are.
    """
    import jwt

    now = clock.epoch_seconds()
    claims = {
        "iss": settings.token_issuer,
        "aud": AUDIENCE,
        "sub": standing.user_id,
        "jti": ids.new("tok"),
        "iat": now,
        "nbf": now,
        "exp": now + settings.access_token_seconds,
        "sid": session_id,
        "auth_time": auth_time,
        "amr": list(methods),
        "roles": standing.roles,
        "permissions": standing.permissions,
        "standing": standing.number,
        **({"vendor_id": standing.vendor_id} if standing.vendor_id else {}),
    }
    signer = _signer(_seed())
    headers = {"typ": TOKEN_TYPE, "kid": signer.key_id}
    return jwt.encode(claims, signer.private_key, algorithm=ALGORITHM, headers=headers)


def public_keys() -> list[JwkView]:
    """Return the public halves of all keys that tokens may be signed with."""
    return [JwkView.model_validate_json(key.jwk) for key in identity.public_keys()]


def _seed() -> bytes:
    """Return twice the bits of the key, so that it is as good as evenly drawn (FIPS 186-5 section A.2.1)."""
    return b"".join(secrets.key_for(settings.users_secret, f"signing/{half}") for half in ("first", "second"))


@lru_cache(maxsize=2)
def _signer(seed: bytes) -> _Signer:
    """Return the key of this secret, after publishing its public half: verifiers find whatever is signed."""
    from cryptography.hazmat.primitives.asymmetric import ec

    scalar = int.from_bytes(seed) % (_ORDER - 1) + 1
    private_key = ec.derive_private_key(scalar, ec.SECP256R1())
    jwk = _jwk_of(private_key.public_key())
    _publish(jwk)
    return _Signer(jwk.kid, private_key)


def _jwk_of(public_key: "EllipticCurvePublicKey") -> JwkView:
    numbers = public_key.public_numbers()
    x, y = (_base64url(each.to_bytes(_COORDINATE_BYTES)) for each in (numbers.x, numbers.y))
    # RFC 7638: the required members in lexicographic order without blanks.
    required = json.dumps({"crv": "P-256", "kty": "EC", "x": x, "y": y}, separators=(",", ":"))
    return JwkView(x=x, y=y, kid=_base64url(hashlib.sha256(required.encode()).digest()))


def _publish(jwk: JwkView) -> None:
    item = PublicKey.at(keys.signing_key(jwk.kid), key_id=jwk.kid, jwk=jwk.model_dump_json())
    try:
        with transactions.write() as work:
            work.create(item, refusal=_Published())
    except _Published:
        return


def _base64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
