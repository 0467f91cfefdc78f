"""What does Chapa tell the merchant when a payment changes, and how is it signed?"""

import hashlib
import hmac
import json
import secrets
from base64 import b64encode
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlencode, urlsplit, urlunsplit

from pydantic import JsonValue

from infra.local.chapa.records import Delivery, Refund, Secrets, Transaction
from infra.local.chapa.state import Memory
from infra.local.chapa.switches import Scheme, Signature, Switches
from infra.local.courier import reorder
from infra.local.remembering import now

SUCCESS = ("charge.success", "success")
FAILED = ("charge.failed/cancelled", "failed/cancelled")
REFUNDED = ("charge.refunded", "refunded")
REVERSED = ("charge.reversed", "reversed")


def announce(memory: Memory, transaction: Transaction, kind: tuple[str, str], *, refund: Refund | None = None) -> None:
    """Queue the webhook of one change, as the switches of this payment have it."""
    switches = memory.switches.of(transaction.tx_ref)
    amount = refund.amount if refund else transaction.taken(memory.settings)
    document = _document(transaction, kind, refund, amount) | switches.webhook_fields
    body = json.dumps(document, ensure_ascii=False) if switches.webhook_spaced else _compact(document)
    copies = [_webhook(transaction, kind[0], body, switches) for _ in range(switches.webhook_copies)]
    if copies:
        reorder(memory.deliveries, copies, hold=switches.webhook_reordered)
    memory.deliveries.extend(copies)


def call_back(memory: Memory, transaction: Transaction, status: str) -> None:
    """Queue the one unsigned call of `callback_url` that ends a payment; by either method all is in the address."""
    switches = memory.switches.of(transaction.tx_ref)
    if not transaction.callback_url or switches.no_callback:
        return
    query = {"trx_ref": transaction.tx_ref, "ref_id": transaction.reference, "status": status}
    target = urlsplit(transaction.callback_url)
    joined = "&".join(part for part in (target.query, urlencode(query)) if part)
    url = urlunsplit(target._replace(query=joined, fragment=""))
    delivery = _delivery("callback", transaction, "callback", now())
    called = {"url": url, "callback_method": switches.callback_method}
    memory.deliveries.append(delivery.model_copy(update=called))


def proof_headers(delivery: Delivery, known: Secrets) -> dict[str, str]:
    """The headers that prove a webhook, or what the switches made of them.

    Of the two documented ones `chapa-signature` is the secret signed with itself, the same on every call; only
    `x-chapa-signature` binds the body. It is made over the compact form, as the vendor's own sample does. Custom
    webhooks have one header: `chapa-signature` over the body, or HTTP Basic.
    """
    if delivery.signature is Signature.MISSING:
        return {}
    if delivery.signature is Signature.FORGED:
        known = Secrets(hash=secrets.token_hex(16), user=known.user, password=secrets.token_hex(16))
    if delivery.scheme is Scheme.BASIC:
        return {"authorization": f"Basic {b64encode(f'{known.user}:{known.password}'.encode()).decode()}"}
    over_body = _hmac(known.hash, _compact(json.loads(delivery.body)))
    if delivery.scheme is Scheme.PAYLOAD:
        return {"chapa-signature": over_body}
    headers = {"x-chapa-signature": over_body, "chapa-signature": _hmac(known.hash, known.hash)}
    if delivery.signature is Signature.CONSTANT_ONLY:
        del headers["x-chapa-signature"]
    if delivery.signature is Signature.BODY_ONLY:
        del headers["chapa-signature"]
    return headers


def timestamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _document(
    transaction: Transaction, kind: tuple[str, str], refund: Refund | None, amount: Decimal
) -> dict[str, JsonValue]:
    event, status = kind
    return {
        "event": event,
        "first_name": transaction.first_name,
        "last_name": transaction.last_name,
        "email": transaction.email,
        "mobile": transaction.wallet or transaction.phone_number,
        "currency": transaction.currency,
        "amount": _text(amount),
        "charge": _text(transaction.charge),
        "status": status,
        "mode": "test",
        "reference": transaction.reference,
        "created_at": timestamp(transaction.created_at),
        "updated_at": timestamp(transaction.updated_at),
        "type": "API",
        "tx_ref": transaction.tx_ref,
        "payment_method": transaction.method,
        "customization": customization(transaction),
        "meta": dict(refund.meta) if refund and refund.meta else transaction.meta,
    }


def customization(transaction: Transaction) -> dict[str, JsonValue]:
    return {name: transaction.customization.get(name) for name in ("title", "description", "logo")}


def _webhook(transaction: Transaction, event: str, body: str, switches: Switches) -> Delivery:
    first_try_at = now() + timedelta(seconds=switches.webhook_delay_seconds)
    delivery = _delivery("webhook", transaction, event, first_try_at)
    proof = {"signature": switches.webhook_signature, "scheme": switches.webhook_scheme}
    return delivery.model_copy(update={"body": body, **proof})


def _delivery(kind: str, transaction: Transaction, event: str, at: datetime) -> Delivery:
    return Delivery(
        id=secrets.token_hex(6),
        kind=kind,
        tx_ref=transaction.tx_ref,
        event=event,
        created_at=now(),
        next_try_at=at,
    )


def _compact(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _hmac(secret: str, message: str) -> str:
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"
