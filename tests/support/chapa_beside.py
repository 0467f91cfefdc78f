"""How does a test play the payment provider, and those who pay there?"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from infra.local.chapa import ChapaSimulator
from tests.support.waiting import eventually
from tests.support.wire import Answer, Api, call

SOON_SECONDS = 20


@dataclass(frozen=True)
class Chapa:
    """The provider's side of the deployed shop."""

    simulator: ChapaSimulator

    @property
    def _control(self) -> Api:
        return Api(f"{self.simulator.url}/_simulator")

    def press(self, button: str, checkout_url: str) -> Answer:
        """Press a button of the payment page, as a browser does: ``pay``, ``decline`` or ``cancel``."""
        return call("POST", checkout_url, form={"outcome": button})

    def payment_at(self, checkout_url: str) -> str:
        """Return the reference of the payment that a page is for."""
        path = checkout_url.removeprefix(self.simulator.url)
        return next(str(each["tx_ref"]) for each in self._payments() if each["checkout_path"] == path)

    def payments_of(self, email: str) -> list[str]:
        """Return the references that pages were asked for with, newest first."""
        return [str(each["tx_ref"]) for each in self._payments() if each["email"] == email]

    def payment(self, tx_ref: str) -> dict[str, Any]:
        """Return all that is known of a payment."""
        return next(each for each in self._payments() if each["tx_ref"] == tx_ref)

    def pay(self, tx_ref: str, *, even_if_closed: bool = False) -> None:
        """Let the money come, whoever knows the page."""
        self._control.must("POST", f"/transactions/{tx_ref}/pay", {"force": even_if_closed})

    def next_payment(self, **switches: object) -> None:
        """Misbehave for the next payment that a page is asked for."""
        self._control.must("POST", "/switches/next", {"switches": switches})

    def behave_with(self, **switches: object) -> None:
        """Misbehave for everybody until told otherwise."""
        self._control.must("PUT", "/switches", switches)

    def behave(self) -> None:
        """Be the provider of a good day again."""
        self._control.must("DELETE", "/switches")

    def webhooks_of(self, tx_ref: str, *, tries: int = 1) -> list[dict[str, Any]]:
        """Return a payment's webhooks once so many tries to deliver them were made."""

        def sent() -> list[dict[str, Any]] | None:
            path = f"/deliveries?tx_ref={tx_ref}&kind=webhook"
            found: list[dict[str, Any]] = self._control.must("GET", path)["items"]
            return found if sum(len(each["tries"]) for each in found) >= tries else None

        return eventually(sent, SOON_SECONDS, f"{tries} tries of a webhook about {tx_ref}")

    def signature_of(self, body: bytes) -> str:
        """Sign a webhook as the provider does (developer.chapa.co, webhooks)."""
        return hmac.new(self.simulator.secrets.hash.encode(), body, hashlib.sha256).hexdigest()

    def _payments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._control.must("GET", "/transactions")["items"]
        return found
