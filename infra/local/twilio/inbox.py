"""What does a reader's phone show? The texts that were taken, for people and for tests."""

import re

from infra.local.inbox_pages import PAGE_POLICY
from infra.local.serving import Reply, Request, Routes, html_reply, json_reply
from infra.local.twilio import pages
from infra.local.twilio.records import Message
from infra.local.twilio.state import State

_CODE = re.compile(r"(?<!\d)\d{4,10}(?!\d)")


class Inbox:
    def __init__(self, state: State) -> None:
        self._state = state

    def add_to(self, routes: Routes) -> None:
        routes.add("GET", "/", self._overview)
        routes.add("GET", "/messages.json", self._list)
        routes.add("GET", "/messages/{sid}", self._message)

    def _overview(self, request: Request) -> Reply:
        reader = _number(request)
        return html_reply(200, pages.overview(self._found(reader), reader=reader), policy=PAGE_POLICY)

    def _list(self, request: Request) -> Reply:
        return json_reply(200, {"items": [_document(message) for message in self._found(_number(request))]})

    def _message(self, request: Request) -> Reply:
        with self._state.changed:
            message = self._state.memory.messages.get(request.params["sid"])
            page = pages.message(message) if message else pages.unknown()
        return html_reply(200 if message else 404, page, policy=PAGE_POLICY)

    def _found(self, reader: str) -> list[Message]:
        return self._state.newest_first(to=reader or None)


def _number(request: Request) -> str:
    """The number asked for; a bare plus in an address arrives as a space."""
    digits = re.sub(r"\D", "", request.query.get("to", ""))
    return f"+{digits}" if digits else ""


def _document(message: Message) -> dict[str, object]:
    return {
        "sid": message.sid,
        "to": message.to,
        "sender": message.sender or message.messaging_service_sid,
        "body": message.body,
        "codes": _CODE.findall(message.body),
        "status": message.status.value,
        "error_code": message.error_code,
        "encoding": message.encoding,
        "segments": message.segments,
        "taken_at": message.created_at.isoformat(),
    }
