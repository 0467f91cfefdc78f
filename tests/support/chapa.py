"""How does a test play the payment provider, and those who pay there?"""

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
        return self._sent("webhook", tx_ref, tries)

    def callbacks_of(self, tx_ref: str) -> list[dict[str, Any]]:
        """Return a payment's callbacks once one was made."""
        return self._sent("callback", tx_ref, 1)

    def send_again(self, delivery: dict[str, Any]) -> None:
        self._control.must("POST", f"/deliveries/{delivery['id']}/send")

    def calls(self, operation: str, tx_ref: str) -> list[dict[str, Any]]:
        """Return the calls that the shop made about a payment."""
        made: list[dict[str, Any]] = self._control.must("GET", "/calls")["items"]
        return [each for each in made if each["operation"] == operation and each["tx_ref"] == tx_ref]

    def _payments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._control.must("GET", "/transactions")["items"]
        return found

    def _sent(self, kind: str, tx_ref: str, tries: int) -> list[dict[str, Any]]:
        def sent() -> list[dict[str, Any]] | None:
            found: list[dict[str, Any]] = self._control.must("GET", f"/deliveries?tx_ref={tx_ref}&kind={kind}")["items"]
            return found if sum(len(each["tries"]) for each in found) >= tries else None

        return eventually(sent, SOON_SECONDS, f"{tries} tries of a {kind} about {tx_ref}")
