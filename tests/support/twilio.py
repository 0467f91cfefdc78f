"""What does a test do with whoever sends texts? It reads them, breaks things on the wire, and looks what was asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from infra.local.serving import Answer, Request, Routes, Server
from infra.local.twilio import Settings, TwilioSimulator
from tests.support.account import TWILIO_ACCOUNT, TWILIO_TOKEN
from tests.support.remote import fresh_connections


@dataclass(frozen=True)
class Phones:
    """Everybody's telephones, as the simulated sender of texts knows them."""

    twilio: TwilioSimulator

    def texts(self, to: str | None = None) -> list[dict[str, Any]]:
        """Return what has arrived, newest first."""
        answer = requests.get(f"{self.twilio.url}/messages.json", params={"to": to} if to else {}, timeout=20)
        return list(answer.json()["items"])

    def switch(self, **switches: Any) -> None:
        """Set what goes wrong, for everybody."""
        self._control("PUT", "/switches", switches)

    def fail(self, operation: str, kind: str, **fault: Any) -> None:
        """Let an operation go wrong on the wire, once unless ``times`` says more."""
        self.switch(answers={operation: {"kind": kind, "times": 1, **fault}})

    def calls(self) -> list[str]:
        """Return the operations that were asked for, oldest first."""
        return [each["operation"] for each in self._control("GET", "/calls")["items"]]

    def callbacks(self) -> list[dict[str, Any]]:
        """Return what was to be reported, oldest first."""
        return list(self._control("GET", "/deliveries")["items"])

    def _control(self, method: str, path: str, document: object = None) -> Any:
        answer = requests.request(method, f"{self.twilio.url}/_simulator{path}", json=document, timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()


@contextmanager
def some_phones(patch: pytest.MonkeyPatch) -> Iterator[Phones]:
    """Run a sender of texts, whose reports nobody waits for, and let the shop talk to it."""
    settings = Settings(status_seconds=3_600, delivery_tries=1)
    with (
        TwilioSimulator(settings, account_sid=TWILIO_ACCOUNT, auth_token=TWILIO_TOKEN) as twilio,
        pointed_at(twilio.url, patch),
    ):
        yield Phones(twilio)


@contextmanager
def a_strange_sender(answer: Answer, patch: pytest.MonkeyPatch) -> Iterator[list[Request]]:
    """Run a sender that always gives this answer; what it was asked is in the list."""
    asked: list[Request] = []

    def take(request: Request) -> Answer:
        asked.append(request)
        return answer

    routes = Routes()
    for method, path in (
        ("POST", "/2010-04-01/Accounts/{sid}/Messages.json"),
        ("GET", "/2010-04-01/Accounts/{sid}/Messages.json"),
        ("GET", "/elsewhere"),
    ):
        routes.add(method, path, take)
    with (
        Server(routes, host="127.0.0.1", port=0) as server,
        pointed_at(f"http://127.0.0.1:{server.port}", patch),
    ):
        yield asked


@contextmanager
def pointed_at(url: str, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the shop call this address, on connections of its own."""
    patch.setenv("TWILIO_BASE_URL", url)
    patch.setenv("TWILIO_PATIENCE_SECONDS", "5")
    with fresh_connections():
        yield
