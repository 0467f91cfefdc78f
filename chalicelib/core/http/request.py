"""What did the caller send? One request, free of the framework that received it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from chalicelib.core import ids
from chalicelib.core.errors import Malformed, PreconditionFailed
from chalicelib.core.i18n import locales

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_TAG = re.compile(r'"(\d{1,18})\.[0-9a-f]+"')
_WAIT = re.compile(r"\bwait=(\d{1,4})\b")
_LONGEST_AGENT = 200
_TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_MOST_FIELDS = 100


def called(route: str, path_values: Mapping[str, str]) -> str:
    """Return the path that was called. What Chalice gives by that name is the declared one."""
    return re.sub(r"{(\w+)}", lambda variable: path_values[variable[1]], route)


@dataclass(frozen=True)
class Request:
    """``route`` is the declared path, ``path`` the one that was called; header names are in lower case.

    ``address`` is what the gateway saw; headers about forwarding are the caller's own words.
    """

    method: str
    route: str
    path: str
    path_values: Mapping[str, str]
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    gateway_id: str = ""
    address: str = ""

    @classmethod
    def from_chalice(cls, received: Any, path_values: Mapping[str, str]) -> "Request":
        """Take over what Chalice received."""
        context = received.context
        values = received.query_params
        return cls(
            method=received.method,
            route=context["resourcePath"],
            path=called(context["resourcePath"], path_values),
            path_values=path_values,
            query={name: values.getlist(name) for name in values} if values else {},
            headers={name.lower(): value for name, value in received.headers.items()},
            body=received.raw_body,
            gateway_id=context.get("requestId", ""),
            address=context.get("identity", {}).get("sourceIp") or "",
        )

    @cached_property
    def id(self) -> str:
        """Return the caller's ``X-Request-Id`` if it is a sane one, else the gateway's."""
        asked = self.headers.get("x-request-id", "")
        return asked if _REQUEST_ID.fullmatch(asked) else self.gateway_id or ids.new("req")

    @property
    def agent(self) -> str:
        """Return what the caller says to be called from: one short line, whatever was sent."""
        return " ".join(self.headers.get("user-agent", "").split())[:_LONGEST_AGENT]

    @cached_property
    def locale(self) -> str:
        """Return the language to answer in."""
        return locales.chosen(self.headers.get("accept-language"))

    @property
    def media_type(self) -> str:
        """Return what the body is said to be, without parameters such as its charset, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @cached_property
    def form(self) -> list[tuple[str, str]]:
        """Return every field of a form, in the order sent, empty ones and repeated ones too."""
        try:
            return parse_qsl(self.body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        except ValueError:
            raise Malformed() from None

    @cached_property
    def traceparent(self) -> str | None:
        """Return the W3C trace context if a well-formed one came along."""
        given = self.headers.get("traceparent", "")
        return given if _TRACEPARENT.fullmatch(given) else None

    @cached_property
    def if_version(self) -> int | None:
        """Return the version that ``If-Match`` demands, or ``None``. A tag that is not ours matches nothing."""
        given = self.headers.get("if-match")
        if given is None or given.strip() == "*":
            return None
        versions = {int(tag[1]) for tag in map(_TAG.fullmatch, map(str.strip, given.split(","))) if tag}
        if len(versions) != 1:
            raise PreconditionFailed()
        return versions.pop()

    @property
    def wait_seconds(self) -> int:
        """Return how long the caller would wait for a finished answer (``Prefer: wait=n``, RFC 7240)."""
        wanted = _WAIT.search(self.headers.get("prefer", ""))
        return int(wanted[1]) if wanted else 0
