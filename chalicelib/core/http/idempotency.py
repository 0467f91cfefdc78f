"""What if the same request comes twice? It is carried out once and answered alike (Idempotency-Key draft -07).

A claim is a lease; the finished reply is stored in the same transaction as the effect, so there is
either an effect with its reply or neither.
"""

import hashlib
import json
import re
from contextlib import suppress
from dataclasses import dataclass

from chalicelib.core import clock, ids
from chalicelib.core.http.access import Caller
from chalicelib.core.http.errors import (
    IdempotencyKeyInvalid,
    IdempotencyKeyNotAccepted,
    IdempotencyKeyRequired,
    IdempotencyKeyReused,
    ReplyNotKept,
    RequestInProgress,
)
from chalicelib.core.http.operation import Keyed, Operation
from chalicelib.core.http.reply import Reply
from chalicelib.core.http.request import Request
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.attributes import Condition, IntegerAttribute, PackedAttribute, UnicodeAttribute
from chalicelib.core.storage.table import Item, find

HEADER = "idempotency-key"
_KEY = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,255}")
_BODY_LIMIT_BYTES = 32_768


class StoredReply(Item, discriminator="stored_reply"):
    """A claimed key, and once its request is done, the reply that is given again."""

    claim_id = UnicodeAttribute()
    fingerprint = UnicodeAttribute()
    lease_until = IntegerAttribute()
    status = IntegerAttribute(null=True)
    headers = UnicodeAttribute(null=True)
    content = PackedAttribute[str](str, null=True)


class _Taken(Exception):
    """Somebody else holds the key."""


@dataclass(frozen=True)
class Claim:
    """The right to carry out a request, or the reply that another one got."""

    item: StoredReply
    replay: Reply | None = None

    def complete(self, reply: Reply) -> None:
        """Store the reply; called inside the ``write()`` that commits the effect."""
        item = self.item
        item.status = reply.status
        item.headers = json.dumps(reply.headers)
        item.content = reply.body if len(reply.body.encode()) <= _BODY_LIMIT_BYTES else None
        with transactions.write() as work:
            work.replace(item, when=StoredReply.claim_id == item.claim_id, refusal=RequestInProgress())

    def release(self) -> None:
        """Give the key back after a refusal, which had no effect; what cannot be given back is left to its lease."""
        with suppress(transactions.StaleItem, transactions.WriteContended), transactions.write() as work:
            work.delete(self.item, when=StoredReply.claim_id == self.item.claim_id)


def claim(operation: Operation, request: Request, caller: Caller) -> Claim | None:
    """Claim the request's key: 1 conditional write. ``None`` when it carries no key.

    Raises ``IdempotencyKeyReused`` (422), ``RequestInProgress`` (409) and the errors about the key itself.
    """
    key = _key_of(operation, request)
    if key is None:
        return None
    fingerprint = _digest(request.method, request.path, request.body.decode("utf-8", "replace"))
    scope = _digest(caller.id or fingerprint, request.method, request.route, key)
    item = StoredReply.at(
        keys.idempotency(scope),
        claim_id=ids.new("clm"),
        fingerprint=fingerprint,
        lease_until=clock.epoch_seconds() + settings.idempotency_lease_seconds,
        expires_at=clock.epoch_seconds() + settings.idempotency_kept_seconds,
    )
    try:
        with transactions.write() as work:
            work.replace(item, when=_is_free(), refusal=_Taken())
    except _Taken:
        return Claim(item, replay=_reply_of_other(item))
    return Claim(item)


def _key_of(operation: Operation, request: Request) -> str | None:
    given = request.headers.get(HEADER)
    if given is None:
        if operation.keyed is Keyed.REQUIRED:
            raise IdempotencyKeyRequired()
        return None
    if operation.keyed is Keyed.REFUSED:
        raise IdempotencyKeyNotAccepted()
    key = given.strip()
    key = key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyInvalid()
    return key


def _is_free() -> Condition:
    now = clock.epoch_seconds()
    unfinished = StoredReply.status.does_not_exist() & (StoredReply.lease_until <= now)
    free: Condition = StoredReply.pk.does_not_exist() | (StoredReply.expires_at <= now) | unfinished
    return free


def _reply_of_other(mine: StoredReply) -> Reply:
    stored = find(StoredReply, mine.key)
    if stored is None:
        raise RequestInProgress()
    if stored.fingerprint != mine.fingerprint:
        raise IdempotencyKeyReused()
    if stored.status is None:
        raise RequestInProgress()
    headers = json.loads(stored.headers or "{}")
    if stored.content is None:
        raise ReplyNotKept(location=headers.get("Location"))
    return Reply(stored.status, stored.content, {**headers, "Idempotency-Replayed": "true"})


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()
