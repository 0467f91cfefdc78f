"""How are access tokens made? Signed with a key whose seed only this domain may read."""

from collections.abc import Sequence

from chalicelib.core import clock, ids
from chalicelib.core.access_tokens import ALGORITHM, AUDIENCE, TOKEN_TYPE
from chalicelib.core.settings import settings
from chalicelib.core.storage.identity import Standing
from chalicelib.users.service import signing_keys


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
    signer = signing_keys.signer()
    headers = {"typ": TOKEN_TYPE, "kid": signer.key_id}
    return jwt.encode(claims, signer.private_key, algorithm=ALGORITHM, headers=headers)
