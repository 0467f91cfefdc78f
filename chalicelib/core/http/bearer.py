"""Is this access token ours? ES256 JWTs (RFC 9068) checked against the public keys in the table."""

from typing import Any

import jwt
from jwt.algorithms import ECAlgorithm

from chalicelib.core import clock
from chalicelib.core.access_tokens import ALGORITHM, AUDIENCE, TOKEN_TYPE
from chalicelib.core.errors import Unauthenticated
from chalicelib.core.settings import settings
from chalicelib.core.storage.identity import public_keys

_CLAIMS = ["iss", "aud", "exp", "nbf", "iat", "sub", "jti"]


class _Held:
    keys: dict[str, Any] = {}
    read_at: float = 0.0


def claims_of(token: str) -> dict[str, Any]:
    """Return the claims of a valid access token; anything else is ``Unauthenticated``.

    The algorithm is fixed, the header only selects among our own keys, and the type keeps other
    tokens of ours out (RFC 8725 sections 3.1, 3.8, 3.11).
    """
    try:
        header = jwt.get_unverified_header(token)
        if header.get("typ") != TOKEN_TYPE:
            raise Unauthenticated()
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(str(header.get("kid"))),
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=settings.token_issuer,
            leeway=settings.token_leeway_seconds,
            options={"require": _CLAIMS},
        )
    except jwt.InvalidTokenError:
        raise Unauthenticated() from None
    return claims


def forget_keys() -> None:
    """Make the next check read the keys anew."""
    _Held.keys, _Held.read_at = {}, 0.0


def _key(key_id: str) -> Any:
    """Return one of our public keys.

    They are read anew when the time is over, so that one that was withdrawn opens nothing, and never before, so that
    made-up ids cost nothing.
    """
    age = clock.now().timestamp() - _Held.read_at
    if not _Held.keys or age > settings.signing_keys_cached_seconds:
        _Held.keys = {key.key_id: ECAlgorithm.from_jwk(key.jwk) for key in public_keys()}
        _Held.read_at = clock.now().timestamp()
    if key_id not in _Held.keys:
        raise Unauthenticated()
    return _Held.keys[key_id]
