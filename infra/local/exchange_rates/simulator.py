"""What is a running publisher of exchange rates made of?"""

from pathlib import Path

from infra.local.exchange_rates.api import Api
from infra.local.exchange_rates.records import Memory, Settings, State
from infra.local.serving import Reply, Request, Routes, json_reply
from infra.local.standing_in import StandIn
from infra.local.steering import Control


class RatesSimulator(StandIn):
    """ExchangeRate-API's open access in this process, while the `with` block lasts."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        state_file: Path | None = None,
    ) -> None:
        self.state = State(settings or Settings(), state_file)
        super().__init__(host=host, port=port)

    @property
    def api_url(self) -> str:
        """The base of its API, with the version."""
        return f"{self.url}/v6"

    @property
    def greeting(self) -> str:
        return f"{self.url} (control: {self.url}/_simulator)"

    def _routes(self) -> Routes:
        routes = Routes(nowhere=lambda: json_reply(404, {"result": "error", "error-type": "malformed-request"}))
        Api(self.state, pause=self._pause).add_to(routes)
        control: Control[Memory] = Control(self.state)
        control.add_to(routes)
        routes.add("GET", "/_simulator", self._about)
        return routes

    def _about(self, request: Request) -> Reply:
        return json_reply(200, {"simulates": "exchangerate-api", "url": self.url, "mode": "test"})
