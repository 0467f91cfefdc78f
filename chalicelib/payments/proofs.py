"""Did Chapa send this webhook? By a signature over its body, or by HTTP Basic, in the headers that the shop names."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Scheme(StrEnum):
    """How a header proves who sent a webhook."""

    BODY = "body"  # HMAC-SHA256 over the body, with the secret hash of Chapa's dashboard
    BASIC = "basic"  # RFC 7617; it does not bind the body, which only TLS protects


@dataclass(frozen=True)
class Proof:
    """What one of those headers says."""

    scheme: Scheme
    said: str


@dataclass(frozen=True)
class Secrets:
    """What only Chapa and the shop know; what is empty proves nothing."""

    hash: str
    user: str = ""
    password: str = ""


def schemes(said: Iterable[str]) -> Mapping[str, Scheme]:
    """Read which headers prove what, by lower-case name: ``authorization:basic``."""
    pairs = (each.partition(":") for each in said)
    return {header.strip().lower(): Scheme(scheme.strip().lower()) for header, _, scheme in pairs}


def proofs_in(headers: Mapping[str, str], expected: Mapping[str, Scheme]) -> list[Proof]:
    """Return what was brought to prove where a webhook comes from; headers are named in lower case."""
    return [Proof(scheme, headers[name]) for name, scheme in expected.items() if headers.get(name)]


def any_holds(body: bytes, proofs: Iterable[Proof], secrets: Secrets) -> bool:
    """Tell whether one of some proofs holds. Chapa's documents ask for no more than one."""
    return any(
        knows(proof.said, secrets) if proof.scheme is Scheme.BASIC else is_signed(body, proof.said, secrets.hash)
        for proof in proofs
    )


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Tell whether the signature fits the raw body, or its compact form, which Chapa's own sample signs.

    ``chapa-signature`` usually signs the secret with itself: the same for every body, which proves nothing. Chapa's
    custom webhooks sign the body there. Whatever the header, a signature counts only if it is one over the body.
    """
    if not secret:
        return False
    given = signature.strip().lower().encode("utf-8", "replace")
    fits = hmac.compare_digest(given, _signed(body, secret))
    compact = _compact(body)
    return fits or (compact is not None and hmac.compare_digest(given, _signed(compact, secret)))


def knows(authorization: str, secrets: Secrets) -> bool:
    """Tell whether these are the credentials that the shop gave to Chapa."""
    scheme, _, credentials = authorization.strip().partition(" ")
    if scheme.lower() != "basic" or not secrets.user or not secrets.password:
        return False
    try:
        given = base64.b64decode(credentials.strip(), validate=True)
    except ValueError:
        return False
    return hmac.compare_digest(given, f"{secrets.user}:{secrets.password}".encode())


def _signed(body: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()


def _compact(body: bytes) -> bytes | None:
    try:
        return json.dumps(json.loads(body), separators=(",", ":"), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
