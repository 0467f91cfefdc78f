"""What does a test do with the payment provider? It pays, breaks things on the wire, and looks what was asked."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from infra.local.chapa import ChapaSimulator, Settings
from infra.local.serving import Answer, Request, Routes, Server
from tests.support.remote import fresh_connections

SECRET_KEY, WEBHOOK_SECRET = "CHASECK_TEST-abc", "hush"


@dataclass(frozen=True)
class Till:
    """The simulated provider, over its control pages."""

    chapa: ChapaSimulator

    def pay(self, tx_ref: str, *, force: bool = False) -> None:
        """Let the shopper pay; ``force`` pays a page that is closed, as real money sometimes does."""
        self._control("POST", f"/transactions/{tx_ref}/pay", {"force": force})

    def decline(self, tx_ref: str) -> None:
        self._control("POST", f"/transactions/{tx_ref}/decline")

    def pays_back(self, tx_ref: str) -> None:
        """Let all refunds of a payment be done now."""
        self._control("POST", f"/transactions/{tx_ref}/complete_refunds")

    def reverses(self, tx_ref: str) -> None:
        """Let the provider take back what was paid."""
        self._control("POST", f"/transactions/{tx_ref}/reverse")

    def back_of(self, tx_ref: str) -> list[tuple[str, bool]]:
        """Tell which refunds of a payment the provider has, and whether each is done."""
        (payment,) = [each for each in self.known() if each["tx_ref"] == tx_ref]
        return [(each["merchant_reference"], each["is_complete"]) for each in payment["refunds"]]

    def set_up(self, **settings: Any) -> None:
        """Change what a merchant sets in the dashboard."""
        self._control("PUT", "/settings", settings)

    def webhook_of(self, tx_ref: str, event: str) -> tuple[bytes, str]:
        """Return the body of a webhook that was to be sent, and its signature."""
        sent = self._control("GET", f"/deliveries?tx_ref={tx_ref}&kind=webhook")["items"]
        body = next(each["body"] for each in sent if each["event"] == event).encode()
        return body, hmac.new(WEBHOOK_SECRET.encode(), body, hashlib.sha256).hexdigest()

    def switch(self, tx_ref: str | None = None, **switches: Any) -> None:
        """Set what goes wrong, for one payment or for all."""
        self._control("PUT", "/switches" if tx_ref is None else f"/switches/{tx_ref}", switches)

    def fail(self, operation: str, kind: str, **fault: Any) -> None:
        """Let an operation go wrong on the wire; it does not afterwards, unless ``times`` says more."""
        self.switch(no_callback=True, answers={operation: {"kind": kind, "times": 1, **fault}})

    def works(self) -> None:
        """Everything works from now on."""
        self.switch(no_callback=True)

    def payable(self) -> list[str]:
        """References of the pages that take money now."""
        return [each["tx_ref"] for each in self.known() if each["closed"] is None]

    def known(self) -> list[dict[str, Any]]:
        """Everything the provider was ever asked for, oldest first."""
        return list(reversed(self._control("GET", "/transactions")["items"]))

    def calls(self) -> list[dict[str, Any]]:
        return list(self._control("GET", "/calls")["items"])

    def _control(self, method: str, path: str, document: object = None) -> Any:
        answer = requests.request(method, f"{self.chapa.url}/_simulator{path}", json=document, timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()


@contextmanager
def a_till(patch: pytest.MonkeyPatch) -> Iterator[Till]:
    """Run a provider that sends no callbacks, and let the shop talk to it."""
    with ChapaSimulator(Settings(), secret_key=SECRET_KEY, webhook_secret=WEBHOOK_SECRET) as chapa:
        till = Till(chapa)
        till.works()
        with pointed_at(chapa.api_url, patch):
            yield till


@contextmanager
def a_strange_provider(answer: Answer, patch: pytest.MonkeyPatch) -> Iterator[list[Request]]:
    """Run a provider that always gives this answer; what it was asked is in the list."""
    asked: list[Request] = []

    def take(request: Request) -> Answer:
        asked.append(request)
        return answer

    routes = Routes()
    for method, path in (
        ("POST", "/transaction/initialize"),
        ("PUT", "/transaction/cancel/{tx_ref}"),
        ("GET", "/transaction/verify/{tx_ref}"),
        ("GET", "/transactions"),
        ("POST", "/refund/{tx_ref}"),
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
    patch.setenv("CHAPA_BASE_URL", url)
    patch.setenv("CHAPA_PATIENCE_SECONDS", "5")
    with fresh_connections():
        yield


def members(request: Request) -> dict[str, Any]:
    """The JSON body that the provider was sent."""
    said: dict[str, Any] = json.loads(request.body)
    return said
