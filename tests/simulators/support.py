"""What does a test of a simulator need: a way to call it, and a shop that it can call?"""

import base64
import json
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from infra.local.chapa import ChapaSimulator
from infra.local.serving import Reply, Request, Routes, Server
from infra.local.twilio import TwilioSimulator
from tests.support.wire import Answer, call

NUMBER = "+251911234567"


class Shop:
    """The merchant's side: takes webhooks and callbacks, answers what the test wants."""

    def __init__(self) -> None:
        self.webhooks: list[Request] = []
        self.callbacks: list[Request] = []
        self.answers: list[int] = []
        routes = Routes()
        routes.add("POST", "/webhooks/chapa", self._take_webhook)
        for method in ("GET", "POST"):
            routes.add(method, "/callback", self._take_callback)
        routes.add("POST", "/webhooks/twilio/{message}", self._take_webhook)
        self._server = Server(routes, host="127.0.0.1", port=0)
        self._lock = threading.Lock()

    @property
    def webhook_url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}/webhooks/chapa"

    @property
    def callback_url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}/callback"

    @property
    def status_url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}/webhooks/twilio/msg-1"

    @property
    def events(self) -> list[str]:
        return [json.loads(webhook.body)["event"] for webhook in self.webhooks]

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    def _take_webhook(self, request: Request) -> Reply:
        with self._lock:
            self.webhooks.append(request)
            return Reply(self.answers.pop(0) if self.answers else 200)

    def _take_callback(self, request: Request) -> Reply:
        with self._lock:
            self.callbacks.append(request)
        return Reply(200)


@dataclass(frozen=True)
class Merchant:
    """Calls the API and the control pages as a shop and its tests would."""

    chapa: ChapaSimulator
    shop: Shop

    def api(self, method: str, path: str, **sent: Any) -> Answer:
        headers = {"Authorization": f"Bearer {self.chapa.secret_key}", **sent.pop("headers", {})}
        return call(method, self.chapa.api_url + path, headers=headers, **sent)

    def control(self, method: str, path: str, document: object = None, *, expect: int = 200) -> Any:
        answer = call(method, f"{self.chapa.url}/_simulator{path}", document=document)
        assert answer.status == expect, answer.text
        return answer.json

    def initialize(self, tx_ref: str = "nx-1", /, **changes: object) -> Answer:
        draft = {"amount": "350.00", "currency": "ETB", "tx_ref": tx_ref, **changes}
        return self.api("POST", "/transaction/initialize", document=draft)

    def checkout_url(self, tx_ref: str = "nx-1", /, **changes: object) -> str:
        answer = self.initialize(tx_ref, **changes)
        assert answer.status == 200, answer.text
        return str(answer.json["data"]["checkout_url"])

    def verify(self, tx_ref: str = "nx-1") -> Answer:
        return self.api("GET", f"/transaction/verify/{tx_ref}")

    def switch(self, tx_ref: str = "nx-1", /, **switches: object) -> None:
        self.control("PUT", f"/switches/{tx_ref}", switches)

    def push(self, outcome: str, tx_ref: str = "nx-1", document: object = None) -> None:
        self.control("POST", f"/transactions/{tx_ref}/{outcome}", document)

    def deliveries(self, *, tries: int, kind: str = "webhook") -> list[dict[str, Any]]:
        """The deliveries once so many tries were made."""
        found = self.control("GET", f"/deliveries?kind={kind}&tries={tries}")["items"]
        assert sum(len(delivery["tries"]) for delivery in found) >= tries, found
        return list(found)


@dataclass(frozen=True)
class Texter:
    """Calls Twilio's API and the control pages as a shop and its tests would."""

    twilio: TwilioSimulator
    shop: Shop

    def api(
        self, method: str, path: str, *, account: str | None = None, token: str | None = None, **sent: Any
    ) -> Answer:
        sid = self.twilio.account_sid
        credentials = base64.b64encode(f"{sid}:{token or self.twilio.auth_token}".encode()).decode()
        url = f"{self.twilio.url}/2010-04-01/Accounts/{account or sid}{path}"
        return call(method, url, headers={"Authorization": f"Basic {credentials}"}, **sent)

    def control(self, method: str, path: str, document: object = None, *, expect: int = 200) -> Any:
        answer = call(method, f"{self.twilio.url}/_simulator{path}", document=document)
        assert answer.status == expect, answer.text
        return answer.json

    def page(self, path: str) -> Answer:
        return call("GET", self.twilio.url + path)

    def create(self, to: str = NUMBER, body: str = "Your code is 123456.", **changes: str) -> Answer:
        form = {"To": to, "From": "Nexus", "Body": body, "StatusCallback": self.shop.status_url, **changes}
        return self.api("POST", "/Messages.json", form={name: value for name, value in form.items() if value})

    def sent(self, to: str = NUMBER, body: str = "Your code is 123456.", **changes: str) -> dict[str, Any]:
        answer = self.create(to, body, **changes)
        assert answer.status == 201, answer.text
        return dict(answer.json)

    def fetch(self, sid: str) -> Answer:
        return self.api("GET", f"/Messages/{sid}.json")

    def switch(self, to: str = NUMBER, **switches: object) -> None:
        self.control("PUT", f"/switches/{to}", switches)

    def told(self, *, tries: int) -> list[dict[str, str]]:
        """The fields of the callbacks, in order of arrival, once so many tries were made."""
        found = self.control("GET", f"/deliveries?tries={tries}")["items"]
        assert sum(len(delivery["tries"]) for delivery in found) >= tries, found
        return [webhook.form() for webhook in self.shop.webhooks]
