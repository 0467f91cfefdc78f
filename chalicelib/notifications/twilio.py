"""How is Twilio spoken to? API 2010-04-01: send a message, list those to a number (twilio.com/docs/messaging)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from typing import Any

from chalicelib.core import remote, secrets
from chalicelib.core.observability import count
from chalicelib.core.settings import settings
from chalicelib.notifications.enums import TextStatus
from chalicelib.notifications.errors import TextNotSent, TextSenderNotAccepted
from chalicelib.notifications.outcomes import Refused, Taken
from chalicelib.notifications.sms import Text

_ACCOUNT = re.compile(r"AC[0-9A-Za-z]{32}")
_SERVICE = re.compile(r"MG[0-9a-f]{32}")
_SID = re.compile(r"[SM]M[0-9a-f]{32}")
_ERROR_CODE = re.compile(r"\d{5}")
_LOOKED_AT = 20
_OVERLOADED = frozenset({20429, 21611})
# Credentials, account, and whatever is wrong with our own number or name: the reader's number has no part in it.
_NOT_ACCEPTED = frozenset({20003, 20404, 21212, 21603, 21606, 21608})
# A text is told about in many more words than the shop has use for.
_STATUSES = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending"), TextStatus.QUEUED),
    "sent": TextStatus.SENT,
    **dict.fromkeys(("delivered", "read"), TextStatus.DELIVERED),
    "undelivered": TextStatus.UNDELIVERED,
    **dict.fromkeys(("failed", "canceled"), TextStatus.FAILED),
}


class Twilio:
    """Twilio's messages as an ``SmsSender``."""

    def send(self, text: Text) -> Taken | Refused:
        """Send a message (``POST Messages.json``)."""
        account = _account()
        form = {"To": text.to, "Body": text.body, "StatusCallback": callback_url(text.message_id)}
        form["MessagingServiceSid" if _SERVICE.fullmatch(account.sender) else "From"] = account.sender
        answer = _call("POST", account, data=form)
        sid = answer.content.get("sid")
        if answer.status == HTTPStatus.CREATED and isinstance(sid, str) and _SID.fullmatch(sid):
            return Taken(sid)
        if answer.status == HTTPStatus.BAD_REQUEST and (code := _code(answer)):
            return Refused(str(code))
        raise TextNotSent(f"Twilio answered {answer.status} to a message")

    def find(self, text: Text, *, since: int) -> Taken | None:
        """Look among the latest to this number (``GET Messages.json?To=``)."""
        answer = _call("GET", _account(), params={"To": text.to, "PageSize": _LOOKED_AT})
        listed = answer.content.get("messages")
        if answer.status != HTTPStatus.OK or not isinstance(listed, list):
            raise TextNotSent(f"Twilio answered {answer.status} to a look-up")
        return next((Taken(each["sid"]) for each in listed if _is_same(each, text, since)), None)


@dataclass(frozen=True)
class Report:
    """What Twilio says has become of a message."""

    reference: str
    status: TextStatus
    error_code: str | None


@dataclass(frozen=True)
class _Account:
    sid: str
    token: str
    sender: str


@cache
def sender() -> Twilio:
    """Return the adapter, made once."""
    return Twilio()


def callback_url(message_id: str) -> str:
    """Return where Twilio reports on a message: exactly this is what it calls, and what it signs."""
    return f"{settings.public_base_url}/webhooks/twilio/{message_id}"


def auth_token() -> str:
    """Return the token that Twilio signs its reports with."""
    return _account().token


def report_in(fields: Mapping[str, str]) -> Report | None:
    """Read a status callback; nothing, if it tells no status of a message that was sent."""
    status, sid, error = (fields.get(name, "") for name in ("MessageStatus", "MessageSid", "ErrorCode"))
    if status not in _STATUSES or not _SID.fullmatch(sid):
        return None
    return Report(sid, _STATUSES[status], error if _ERROR_CODE.fullmatch(error) else None)


def _account() -> _Account:
    held = secrets.read_fields(settings.twilio_secret)
    sid, token, name = (str(held.get(part) or "") for part in ("account_sid", "auth_token", "sender"))
    if not (_ACCOUNT.fullmatch(sid) and token and name):
        raise _not_accepted("the secret holds no account_sid, auth_token and sender")
    return _Account(sid, token, name)


def _call(method: str, account: _Account, **content: Any) -> remote.RemoteAnswer:
    url = f"{settings.twilio_base_url}/2010-04-01/Accounts/{account.sid}/Messages.json"
    try:
        answer = remote.call(
            method,
            url,
            patience_seconds=settings.twilio_patience_seconds,
            auth=(account.sid, account.token),
            **content,
        )
    except remote.RemoteSilent as silence:
        raise TextNotSent(f"Twilio {silence}") from None
    code = _code(answer)
    if code in _OVERLOADED or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise TextNotSent(f"Twilio answered {answer.status}, {code}")
    if code in _NOT_ACCEPTED or answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise _not_accepted(f"Twilio answered {answer.status}, {code}")
    return answer


def _code(answer: remote.RemoteAnswer) -> int | None:
    code = answer.content.get("code")
    return code if isinstance(code, int) else None


def _not_accepted(why: str) -> TextSenderNotAccepted:
    count("TextSenderNotAccepted")
    return TextSenderNotAccepted(why)


def _is_same(listed: Any, text: Text, since: int) -> bool:
    """Tell whether a listed message is ours: these very words to this number, and not from before we tried."""
    if not isinstance(listed, dict) or (listed.get("to"), listed.get("body")) != (text.to, text.body):
        return False
    created, sid = _moment(listed.get("date_created")), listed.get("sid")
    is_named = isinstance(sid, str) and _SID.fullmatch(sid) is not None
    return is_named and created is not None and created.timestamp() >= since


def _moment(written: Any) -> datetime | None:
    try:
        return parsedate_to_datetime(str(written))
    except ValueError:
        return None
