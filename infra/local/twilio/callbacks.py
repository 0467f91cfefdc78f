"""What does Twilio tell the shop when a message's status changes, and how is it signed?"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from infra.local.courier import reorder
from infra.local.remembering import now
from infra.local.twilio.records import Change, Delivery, Message, Status
from infra.local.twilio.state import Memory
from infra.local.twilio.switches import Outcome, Signature, Switches

API_VERSION = "2010-04-01"
_USUAL_ERRORS = {Status.UNDELIVERED: 30003, Status.FAILED: 30008}
_FINAL = {
    Outcome.DELIVERED: Status.DELIVERED,
    Outcome.UNDELIVERED: Status.UNDELIVERED,
    Outcome.FAILED: Status.FAILED,
}


def planned(message: Message, switches: Switches, *, seconds: float) -> list[Change]:
    """What will become of a new message, one step each so many seconds."""
    statuses = [Status.QUEUED] if message.status is Status.ACCEPTED else []
    if switches.outcome not in (Outcome.QUEUED, Outcome.FAILED):
        statuses.append(Status.SENT)
    if switches.outcome in _FINAL:
        statuses.append(_FINAL[switches.outcome])
    pause = timedelta(seconds=seconds)
    return [
        Change(status=status, at=message.created_at + step * pause, error_code=_error(status, switches))
        for step, status in enumerate(statuses, start=1)
    ]


def change(memory: Memory, message: Message, to: Change) -> None:
    """Let a message reach a status, and tell the shop."""
    message.status, message.error_code, message.updated_at = to.status, to.error_code, now()
    if to.status is Status.SENT:
        message.sent_at = message.updated_at
    announce(memory, message)


def announce(memory: Memory, message: Message) -> None:
    """Queue the callback of the present status, as the switches of this number have it."""
    if not message.status_callback:
        return
    switches = memory.switches.of(message.to)
    copies = [_callback(message, message.status_callback, switches) for _ in range(switches.callback_copies)]
    if copies:
        reorder(memory.deliveries, copies, hold=switches.callback_reordered and message.status is Status.SENT)
    memory.deliveries.extend(copies)


def signature(url: str, fields: Mapping[str, str], token: str) -> str:
    """HMAC-SHA1 over the address and each field's name and value, sorted by name."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def headers(delivery: Delivery, token: str) -> dict[str, str]:
    """What goes along with a callback, or what the switch made of it."""
    sent = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "User-Agent": "TwilioProxy/1.1"}
    if delivery.signature is Signature.MISSING:
        return sent
    key = secrets.token_hex(16) if delivery.signature is Signature.FORGED else token
    return {**sent, "X-Twilio-Signature": signature(delivery.url, delivery.fields, key)}


def _error(status: Status, switches: Switches) -> int | None:
    return switches.error_code or _USUAL_ERRORS[status] if status in _USUAL_ERRORS else None


def _callback(message: Message, url: str, switches: Switches) -> Delivery:
    first_try_at: datetime = now() + timedelta(seconds=switches.callback_delay_seconds)
    return Delivery(
        id=secrets.token_hex(6),
        kind=message.status,
        sid=message.sid,
        url=url,
        fields=_fields(message) | switches.callback_fields,
        signature=switches.callback_signature,
        created_at=now(),
        next_try_at=first_try_at,
    )


def _fields(message: Message) -> dict[str, str]:
    fields = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": message.status.value,
        "SmsStatus": message.status.value,
        "AccountSid": message.account_sid,
        "From": message.sender,
        "To": message.to,
        "ApiVersion": API_VERSION,
        "MessagingServiceSid": message.messaging_service_sid,
        "ErrorCode": str(message.error_code) if message.error_code else None,
        "RawDlrDoneDate": f"{message.updated_at:%y%m%d%H%M}" if message.status is Status.DELIVERED else None,
    }
    return {name: value for name, value in fields.items() if value is not None}
