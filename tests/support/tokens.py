"""How does a test sign in? With an access token signed by a key that the shop knows, and the standing behind it."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from chalicelib.core import access_tokens, clock, ids
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.identity import PublicKey, Standing

_KEY_ID = "key-of-the-tests"


def token_for(
    *,
    roles: Iterable[str] = ("customer",),
    permissions: Iterable[str] = (),
    user_id: str | None = None,
    vendor_id: str | None = None,
    **claims: Any,
) -> str:
    """Return an access token of a user with these rights; the public key and the standing are put into the table."""
    user_id = user_id or ids.new("usr")
    rights = {"roles": list(roles), "permissions": list(permissions), "vendor_id": vendor_id}
    with transactions.write() as work:
        public = ECAlgorithm.to_jwk(_signing_key().public_key(), as_dict=True)
        jwk = json.dumps({**public, "kid": _KEY_ID, "alg": access_tokens.ALGORITHM, "use": "sig"})
        work.replace(PublicKey.at(keys.signing_key(_KEY_ID), key_id=_KEY_ID, jwk=jwk))
        work.replace(Standing.at(keys.standing(user_id), user_id=user_id, **rights))
    now = clock.epoch_seconds()
    registered = {"iss": settings.token_issuer, "aud": access_tokens.AUDIENCE, "sub": user_id, "jti": ids.new("jti")}
    life = {"iat": now, "nbf": now, "exp": now + settings.access_token_seconds}
    payload = registered | life | rights | {"sid": ids.new("ses"), "standing": 1} | claims
    return signed(payload)


def signed(payload: dict[str, Any], *, typ: str = access_tokens.TOKEN_TYPE) -> str:
    """Sign claims as they are, with the key that ``token_for`` makes known."""
    return jwt.encode(payload, _signing_key(), access_tokens.ALGORITHM, {"typ": typ, "kid": _KEY_ID})


@cache
def _signing_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())
