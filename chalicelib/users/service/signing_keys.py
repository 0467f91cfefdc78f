"""Which key signs access tokens, which are published, and how does one take over from another?

A secret that only this domain may read holds the seed of the newest key and when that begins to sign; ``before`` is
the key that signs until then:

{"seed": "...", "signs_from": 1790000000, "before": {"seed": "...", "signs_from": 0}}

The table holds the public halves, each with the end of its time once that is known.
"""

import base64
import hashlib
import hmac
import json
import secrets as randomness
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from chalicelib.core import clock, secrets
from chalicelib.core.settings import settings
from chalicelib.core.storage import identity, keys, transactions
from chalicelib.core.storage.identity import PublicKey
from chalicelib.users import rules
from chalicelib.users.rules import Takeover
from chalicelib.users.schemas import JwkView

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey

# The order of P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3) and the bytes of its coordinates.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_COORDINATE_BYTES = 32
_SEED_BYTES = 48


@dataclass(frozen=True)
class Signer:
    """A key that signs, known to all by its id."""

    key_id: str
    private_key: "EllipticCurvePrivateKey"


@dataclass(frozen=True)
class Rotation:
    """What becomes of the keys: the new one's id, and those that it takes over from."""

    key_id: str
    ended_key_ids: tuple[str, ...]
    takeover: Takeover


@dataclass(frozen=True)
class _Seed:
    text: str
    signs_from: int


class _Published(Exception):
    """Another process was there before."""


def signer() -> Signer:
    """Return the key that signs now."""
    now = clock.epoch_seconds()
    seeds = _seeds()
    # A machine whose clock is behind may find that none has begun.
    return _signer_of(next((each.text for each in seeds if each.signs_from <= now), seeds[-1].text))


def public_keys() -> list[JwkView]:
    """Return the public halves of all keys that tokens may be signed with."""
    return [JwkView.model_validate_json(key.jwk) for key in identity.public_keys()]


def rotate_signing_keys() -> Rotation:
    """Let a new key take over: known to everybody before it signs, and the old ones until their last token expired.

    While a takeover is under way there is no other; asked again, it does what an earlier call may have left undone.
    """
    newest, *before = _seeds()
    now = clock.epoch_seconds()
    if newest.signs_from > now:
        takeover, current = _takeover(begins=newest.signs_from), (before or [newest])[0]
    else:
        takeover, current = _takeover(begins=now + _known_after_seconds()), newest
        newest = _Seed(_new_seed(), takeover.signs_from)
    successor = _signer_of(newest.text)
    _signer_of(current.text)  # is published, so that it can end
    _keep(newest, current)
    return Rotation(successor.key_id, _end_others(successor.key_id, takeover.old_ends_at), takeover)


def replace_leaked_signing_keys() -> Rotation:
    """Let a new key sign from now on, and accept no other any more: somebody else may have the old ones."""
    now = clock.epoch_seconds()
    for old in _seeds():
        _signer_of(old.text)  # is published, so that it can end
    newest = _Seed(_new_seed(), now)
    successor = _signer_of(newest.text)
    _keep(newest)
    return Rotation(successor.key_id, _end_others(successor.key_id, now), Takeover(now, now))


def _seeds() -> list[_Seed]:
    """Return what the secret holds, the newest first."""
    held: dict[str, Any] = secrets.read_fields(settings.signing_secret)
    return [_Seed(each["seed"], each["signs_from"]) for each in (held, held.get("before")) if each]


def _keep(newest: _Seed, before: _Seed | None = None) -> None:
    held: dict[str, Any] = {"seed": newest.text, "signs_from": newest.signs_from}
    if before is not None:
        held["before"] = {"seed": before.text, "signs_from": before.signs_from}
    secrets.write(settings.signing_secret, json.dumps(held))


def _takeover(*, begins: int) -> Takeover:
    token_seconds, leeway_seconds = settings.access_token_seconds, settings.token_leeway_seconds
    return rules.takeover(begins, token_seconds=token_seconds, leeway_seconds=leeway_seconds)


def _known_after_seconds() -> int:
    """Return after how long everybody has read anew what a rotation writes: secret, public keys, published keys."""
    caches = (settings.secrets_cached_seconds, settings.signing_keys_cached_seconds, settings.catalogue_cached_seconds)
    return max(caches) + settings.token_leeway_seconds


def _end_others(key_id: str, at: int) -> tuple[str, ...]:
    """Give every other published key the end of its time, unless it ends sooner; return their ids."""
    others = [key for key in identity.public_keys() if key.key_id != key_id]
    for key in others:
        if key.expires_at is None or key.expires_at > at:
            with transactions.write() as work:
                work.update(key, [PublicKey.expires_at.set(at)], when=PublicKey.pk.exists())
    return tuple(key.key_id for key in others)


def _new_seed() -> str:
    return randomness.token_urlsafe(_SEED_BYTES)


@lru_cache(maxsize=4)
def _signer_of(seed: str) -> Signer:
    """Return the key of a seed, after publishing its public half: verifiers find whatever is signed.

    Twice the bits of the key make it as good as evenly drawn (FIPS 186-5 section A.2.1).
    """
    from cryptography.hazmat.primitives.asymmetric import ec

    halves = (hmac.digest(seed.encode(), f"signing/{half}".encode(), hashlib.sha256) for half in ("first", "second"))
    scalar = int.from_bytes(b"".join(halves)) % (_ORDER - 1) + 1
    private_key = ec.derive_private_key(scalar, ec.SECP256R1())
    jwk = _jwk_of(private_key.public_key())
    _publish(jwk)
    return Signer(jwk.kid, private_key)


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
