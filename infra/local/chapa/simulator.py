"""What is a running Chapa simulator made of?"""

from pathlib import Path

from infra.local.chapa.api import Api
from infra.local.chapa.checkout import Checkout
from infra.local.chapa.control import Control
from infra.local.chapa.courier import Courier
from infra.local.chapa.records import Secrets, Settings
from infra.local.chapa.state import State
from infra.local.serving import Reply, Request, Routes, json_reply
from infra.local.standing_in import StandIn

LOCAL_KEY = "CHASECK_TEST-local"
LOCAL_WEBHOOK_SECRET = "not-a-secret"  # noqa: S105
LOCAL_WEBHOOK_USER, LOCAL_WEBHOOK_PASSWORD = "chapa", "not-a-password"


class ChapaSimulator(StandIn):
    """Chapa v1 in this process, on `url`, while the `with` block lasts; `api_url` is the base of its API."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        secret_key: str = LOCAL_KEY,
        webhook_secret: str = LOCAL_WEBHOOK_SECRET,
        webhook_user: str = LOCAL_WEBHOOK_USER,
        webhook_password: str = LOCAL_WEBHOOK_PASSWORD,
        host: str = "127.0.0.1",
        port: int = 0,
        public_url: str | None = None,
        state_file: Path | None = None,
    ) -> None:
        if not secret_key.startswith("CHASECK_TEST-"):
            raise ValueError("the simulator takes a test key only: CHASECK_TEST-...")
        self.secret_key = secret_key
        self.secrets = Secrets(webhook_secret, webhook_user, webhook_password)
        self.state = State(settings or Settings(), state_file)
        courier = Courier(self.state, known=self.secrets)
        super().__init__(host=host, port=port, public_url=public_url, courier=courier)

    @property
    def api_url(self) -> str:
        return f"{self.url}/v1"

    @property
    def greeting(self) -> str:
        return f"{self.api_url} (control: {self.url}/_simulator)"

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

    def _about(self, request: Request) -> Reply:
        return json_reply(200, {"simulates": "chapa", "api_url": self.api_url, "mode": "test"})
