"""What is a running Chapa simulator made of?"""

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.local.chapa.api import Api
from infra.local.chapa.checkout import Checkout
from infra.local.chapa.control import Control
from infra.local.chapa.courier import Courier
from infra.local.chapa.records import Settings
from infra.local.chapa.state import State
from infra.local.serving import Reply, Request, Routes, Server, json_reply

LOCAL_KEY = "CHASECK_TEST-local"
LOCAL_WEBHOOK_SECRET = "not-a-secret"  # noqa: S105


class ChapaSimulator:
    """Chapa v1 in this process, on `url`, while the `with` block lasts; `api_url` is the base of its API."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        secret_key: str = LOCAL_KEY,
        webhook_secret: str = LOCAL_WEBHOOK_SECRET,
        host: str = "127.0.0.1",
        port: int = 0,
        public_url: str | None = None,
        state_file: Path | None = None,
    ) -> None:
        if not secret_key.startswith("CHASECK_TEST-"):
            raise ValueError("the simulator takes a test key only: CHASECK_TEST-...")
        self.secret_key = secret_key
        self.webhook_secret = webhook_secret
        self._public_url = public_url
        self._is_stopping = threading.Event()
        self.state = State(settings or Settings(), state_file)
        self._courier = Courier(self.state, webhook_secret=webhook_secret)
        self._server = Server(self._routes(), host=host, port=port)

    @property
    def url(self) -> str:
        return self._public_url or f"http://127.0.0.1:{self._server.port}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/v1"

    def start(self) -> None:
        self._courier.start()
        self._server.start()

    def stop(self) -> None:
        self._is_stopping.set()
        self._server.stop()
        self._courier.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _routes(self) -> Routes:
        routes = Routes()
        Api(
            self.state,
            secret_key=self.secret_key,
            public_url=lambda: self.url,
            pause=self._pause,
        ).add_to(routes)
        Checkout(self.state).add_to(routes)
        Control(self.state).add_to(routes)
        routes.add("GET", "/_simulator", self._about)
        return routes

    def _pause(self, seconds: float) -> None:
        self._is_stopping.wait(seconds)

    def _about(self, request: Request) -> Reply:
        return json_reply(200, {"simulates": "chapa", "api_url": self.api_url, "mode": "test"})
