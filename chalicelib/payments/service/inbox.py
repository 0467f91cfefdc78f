"""What does the shop do with the provider's hints? It remembers each once and lets a queue verify."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence

from chalicelib.core import clock, secrets
from chalicelib.core.observability import count
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.payments import store
from chalicelib.payments.chapa_refunds import news_of_refund
from chalicelib.payments.errors import WebhookNotGenuine
from chalicelib.payments.events import PaymentHinted, RefundHinted
from chalicelib.payments.models import Webhook
from chalicelib.payments.proofs import Proof, Secrets, any_holds, proofs_in, schemes
from chalicelib.payments.service.reversing import REVERSED

_TX_REF = re.compile(r"[A-Za-z0-9._-]{1,100}")
_REFUND_ID = re.compile(r"rfd_[A-Za-z0-9._-]{1,96}")
_NAME_LIMIT = 100


class _SeenBefore(Exception):
    """The inbox has it."""


def receive_post(body: bytes, headers: Mapping[str, str], *, called_back_about: str, has_form: bool) -> None:
    """Remember a genuine webhook and announce ``payment.hinted``; a repeated one changes nothing.

    Without any proof it may be the callback, which Chapa makes by GET or POST: it names its reference in the address,
    and brings a form, an object of JSON or nothing. Raises ``WebhookNotGenuine`` when it is neither that nor proved.
    """
    proofs = proofs_in(headers, schemes(settings.chapa_webhook_proofs))
    may_be_callback = not body or has_form or isinstance(_said_in(body), dict)
    if called_back_about and not proofs and may_be_callback:
        receive_callback(called_back_about)
    else:
        _receive_webhook(body, proofs)


def receive_callback(tx_ref: str) -> None:
    """Take the unsigned callback as a hint: once per attempt, and only for attempts that exist."""
    if _TX_REF.fullmatch(tx_ref) and store.find_attempt(tx_ref) is not None:
        _remember(f"CALLBACK#{tx_ref}", "callback", PaymentHinted(tx_ref))


def _receive_webhook(body: bytes, proofs: Sequence[Proof]) -> None:
    if not any_holds(body, proofs, _shared_with_chapa()):
        count("ForgedWebhooks")
        raise WebhookNotGenuine()
    said = _members(body)
    name, reference = str(said.get("event", ""))[:_NAME_LIMIT], str(said.get("reference", ""))
    fingerprint = hashlib.sha256("|".join((name, reference)).encode() + b"|" + body).hexdigest()
    _remember(fingerprint, name, _told_by(said))


def _shared_with_chapa() -> Secrets:
    stored = secrets.read_fields(settings.chapa_secret)
    return Secrets(stored["webhook_secret"], stored.get("webhook_user", ""), stored.get("webhook_password", ""))


def _told_by(said: Mapping[str, object]) -> PaymentHinted | RefundHinted | None:
    tx_ref = next(filter(_TX_REF.fullmatch, [str(said.get("tx_ref", ""))]), "")
    news = news_of_refund(said)
    if news is None:
        return PaymentHinted(tx_ref, REVERSED if _is_reversal(said) else "") if tx_ref else None
    refund_id = next(filter(_REFUND_ID.fullmatch, news.names), "")
    return RefundHinted(tx_ref, refund_id, news.amount[:_NAME_LIMIT], news.standing) if tx_ref or refund_id else None


def _is_reversal(said: Mapping[str, object]) -> bool:
    return str(said.get("event") or "").lower().endswith(f".{REVERSED}")


def _remember(fingerprint: str, name: str, hint: PaymentHinted | RefundHinted | None) -> None:
    webhook = Webhook.at(
        keys.webhook(fingerprint),
        name=name or "unnamed",
        tx_ref=hint.tx_ref or None if hint else None,
        received_at=clock.as_text(clock.now()),
        expires_at=clock.epoch_seconds() + settings.webhook_kept_seconds,
    )
    try:
        with transactions.write() as work:
            work.create(webhook, event=hint, refusal=_SeenBefore())
    except _SeenBefore:
        count("RepeatedWebhooks")


def _members(body: bytes) -> dict[str, object]:
    said = _said_in(body)
    return said if isinstance(said, dict) else {}


def _said_in(body: bytes) -> object:
    """Return what JSON says; what is none, such as a form, says nothing."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
