"""What does a test do with whoever publishes exchange rates? It sets them, breaks them, and looks what was asked."""

from dataclasses import dataclass
from typing import Any

import requests

from infra.local.exchange_rates import RatesSimulator


@dataclass(frozen=True)
class Publisher:
    """The simulated publisher, steered."""

    simulator: RatesSimulator

    def publishes(self, at: int | None = None, *, missing: tuple[str, ...] = (), **rates: Any) -> None:
        """Let these rates be published, sound or not, at a second since 1970."""
        self._control("PUT", "/switches", {"rates": rates, "missing": list(missing), "published_seconds": at})

    def fails(self, kind: str, **fault: Any) -> None:
        """Let every answer go wrong on the wire."""
        self._control("PUT", "/switches", {"answers": {"latest": {"kind": kind, **fault}}})

    @property
    def calls(self) -> int:
        return len(self._control("GET", "/calls")["items"])

    def _control(self, method: str, path: str, document: object = None) -> Any:
        url = f"{self.simulator.url}/_simulator{path}"
        answer = requests.request(method, url, json=document, timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()
