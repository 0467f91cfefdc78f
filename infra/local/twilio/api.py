"""What does Twilio's API answer to the shop? Messages of 2010-04-01: create, fetch, list."""

import base64
import binascii
import hmac
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlencode

from infra.local.faults import answers as faults
from infra.local.remembering import now
from infra.local.serving import Answer, Reply, Request, Routes, View, json_reply
from infra.local.twilio import callbacks
from infra.local.twilio.callbacks import API_VERSION
from infra.local.twilio.records import ApiCall, Message, Status
from infra.local.twilio.refusals import code_against, refusal
from infra.local.twilio.segments import encoding_of, segments_of
from infra.local.twilio.state import State
from infra.local.twilio.switches import Operation

MESSAGES = f"/{API_VERSION}/Accounts/{{account_sid}}/Messages"
USUAL_PAGE, LARGEST_PAGE = 50, 1000


class Api:
    def __init__(self, state: State, *, account_sid: str, auth_token: str, pause: faults.Pause) -> None:
        self._state = state
        self._account_sid = account_sid
        self._token = auth_token
        self._pause = pause

    def add_to(self, routes: Routes) -> None:
        routes.add("POST", f"{MESSAGES}.json", self._operation(Operation.CREATE, self._create))
        routes.add("GET", f"{MESSAGES}.json", self._operation(Operation.LIST, self._list))
        routes.add("GET", MESSAGES + "/{sid}.json", self._operation(Operation.FETCH, self._fetch))

    def _operation(self, operation: Operation, view: View) -> View:
        def answer(request: Request) -> Answer:
            if not self._is_admitted(request):
                return refusal(20003)
            to = self._reader(operation, request)
            with self._state.changing() as memory:
                if operation is Operation.CREATE and to:
                    memory.switches.bind_next(to)
                fault = memory.switches.take_fault(operation, to)
            reply = faults.answer(fault, lambda: view(request), pause=self._pause, refusal=_refused)
            status = reply.status if isinstance(reply, Reply) else None
            kind = fault.kind if fault else None
            self._state.log(ApiCall(at=now(), operation=operation, to=to, status=status, fault=kind))
            return reply

        return answer

    def _is_admitted(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        try:
            credentials = base64.b64decode(given, validate=True)
        except binascii.Error:
            return False
        wanted = f"{self._account_sid}:{self._token}".encode()
        is_right = scheme.lower() == "basic" and hmac.compare_digest(credentials, wanted)
        return is_right and request.params["account_sid"] == self._account_sid

    def _reader(self, operation: Operation, request: Request) -> str | None:
        if operation is Operation.CREATE:
            return request.form().get("To")
        if operation is Operation.LIST:
            return request.query.get("To")
        message = self._state.memory.messages.get(request.params["sid"])
        return message.to if message else None

    def _create(self, request: Request) -> Reply:
        form = request.form()
        if code := code_against(form):
            return refusal(code)
        message = _made(form, self._account_sid)
        with self._state.changing() as memory:
            switches = memory.switches.of(message.to)
            message.upcoming = callbacks.planned(message, switches, seconds=memory.settings.status_seconds)
            memory.messages[message.sid] = message
            callbacks.announce(memory, message)
            return json_reply(201, _document(message))

    def _fetch(self, request: Request) -> Reply:
        with self._state.changed:
            message = self._state.memory.messages.get(request.params["sid"])
            return json_reply(200, _document(message)) if message else refusal(20404)

    def _list(self, request: Request) -> Reply:
        """Newest first, a page of them."""
        query = request.query
        size, page = (
            _number(query.get(name), otherwise) for name, otherwise in (("PageSize", USUAL_PAGE), ("Page", 0))
        )
        size = min(max(size, 1), LARGEST_PAGE)
        with self._state.changed:
            found = [m for m in self._state.newest_first(to=query.get("To")) if query.get("From") in (None, m.sender)]
            chosen = [_document(message) for message in found[page * size : (page + 1) * size]]
        address = _address(query, request.path, size)
        return json_reply(
            200,
            {
                "messages": chosen,
                "page": page,
                "page_size": size,
                "start": page * size,
                "end": page * size + max(len(chosen) - 1, 0),
                "uri": address(page),
                "first_page_uri": address(0),
                "previous_page_uri": address(page - 1) if page else None,
                "next_page_uri": address(page + 1) if (page + 1) * size < len(found) else None,
            },
        )


def _refused(fault: faults.AnswerFault) -> Reply:
    return refusal(fault.code or 20404, status=fault.status, message=fault.message)


def _made(form: Mapping[str, str], account_sid: str) -> Message:
    moment, service = now(), form.get("MessagingServiceSid") or None
    return Message(
        sid=f"SM{secrets.token_hex(16)}",
        account_sid=account_sid,
        to=form["To"],
        sender=form.get("From") or None,
        messaging_service_sid=service,
        body=form["Body"],
        encoding=encoding_of(form["Body"]),
        segments=segments_of(form["Body"]),
        status=Status.ACCEPTED if service else Status.QUEUED,
        status_callback=form.get("StatusCallback") or None,
        created_at=moment,
        updated_at=moment,
    )


def _document(message: Message) -> dict[str, object]:
    address = f"{MESSAGES.format(account_sid=message.account_sid)}/{message.sid}"
    return {
        "sid": message.sid,
        "account_sid": message.account_sid,
        "api_version": API_VERSION,
        "to": message.to,
        "from": message.sender,
        "messaging_service_sid": message.messaging_service_sid,
        "body": message.body,
        "status": message.status.value,
        "direction": "outbound-api",
        "num_segments": str(message.segments),
        "num_media": "0",
        "price": None,
        "price_unit": "USD",
        "error_code": message.error_code,
        "error_message": None,
        "date_created": _rfc2822(message.created_at),
        "date_updated": _rfc2822(message.updated_at),
        "date_sent": _rfc2822(message.sent_at) if message.sent_at else None,
        "uri": f"{address}.json",
        "subresource_uris": {"media": f"{address}/Media.json"},
    }


def _rfc2822(moment: datetime) -> str:
    return format_datetime(moment)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise


def _address(query: Mapping[str, str], path: str, size: int) -> Callable[[int], str]:
    kept = {name: query[name] for name in ("To", "From") if name in query}
    return lambda page: f"{path}?{urlencode({**kept, 'PageSize': size, 'Page': page})}"
