"""How does a test call somebody over real HTTP?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

# Longer than the gateway's own: ten functions may start at once on a busy machine.
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def call(
    method: str,
    url: str,
    *,
    document: object = None,
    form: Mapping[str, str] | None = None,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    timeout: float = 20,
) -> Answer:
    """One request over real HTTP; redirects are not followed."""
    target, sent = urlsplit(url), dict(headers or {})
    if document is not None:
        body, sent = json.dumps(document).encode(), {"Content-Type": "application/json", **sent}
    if form is not None:
        body = urlencode(form).encode()
        sent = {"Content-Type": "application/x-www-form-urlencoded", **sent}
    connection = HTTPConnection(target.hostname or "", target.port, timeout=timeout)
    try:
        connection.request(method, target.path + (f"?{target.query}" if target.query else ""), body, sent)
        answer = connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


@dataclass(frozen=True)
class Api:
    """An API at an address, called with the same headers each time."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def sending(self, **headers: str) -> "Api":
        """Return the same API, called with more headers; their names are given with underscores."""
        return Api(self.url, {**self.headers, **_named(headers)})

    def signed_with(self, token: str) -> "Api":
        """Return the same API, called with this bearer token."""
        return self.sending(authorization=f"Bearer {token}")

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, **headers)

    def post(self, path: str, document: object = None, **headers: str) -> Answer:
        return self.call("POST", path, document, **headers)

    def patch(self, path: str, document: object = None, **headers: str) -> Answer:
        return self.call("PATCH", path, document, **headers)

    def call(self, method: str, path: str, document: object = None, **headers: str) -> Answer:
        """Send one request and return whatever came back."""
        given = {**self.headers, **_named(headers)}
        return call(method, self.url + path, document=document, headers=given, timeout=PATIENCE_SECONDS)

    def fill_in(self, path: str, form: Mapping[str, str]) -> Answer:
        """Post a form."""
        return call("POST", self.url + path, form=form, headers=self.headers, timeout=PATIENCE_SECONDS)

    def must(self, method: str, path: str, document: object = None, **headers: str) -> Any:
        """Send one request that has to succeed, and return what is in the answer."""
        answer = self.call(method, path, document, **headers)
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.text}"
        return answer.json if answer.body else None


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
