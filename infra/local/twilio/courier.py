"""How does a status callback reach the shop, and when do statuses change?"""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from infra.local import courier
from infra.local.courier import call_shop
from infra.local.remembering import now
from infra.local.twilio import callbacks
from infra.local.twilio.records import Delivery, Message
from infra.local.twilio.state import Memory, State


class Courier(courier.Courier[Memory, Delivery]):
    """Brings callbacks, and lets messages get on."""

    def __init__(self, state: State, *, auth_token: str) -> None:
        super().__init__(state)
        self._token = auth_token

    def _deliveries(self) -> list[Delivery]:
        return self._state.memory.deliveries

    def _url_of(self, delivery: Delivery) -> str:
        return delivery.url

    def _send(self, delivery: Delivery, url: str, timeout: float) -> int:
        body = urlencode(delivery.fields).encode()
        return call_shop("POST", url, body=body, headers=callbacks.headers(delivery, self._token), timeout=timeout)

    def _is_received(self, status: int | None) -> bool:
        return status is not None and 200 <= status < 300

    def _tries_of(self, delivery: Delivery) -> int:
        settings = self._state.memory.settings
        was_reached = delivery.tries[-1].status is not None
        return 1 if was_reached and settings.retries_on == "no_connection" else settings.delivery_tries

    def _do_what_is_due(self) -> None:
        if due := [message for message in self._on_their_way() if message.upcoming[0].at <= now()]:
            with self._state.changing() as memory:
                for message in due:
                    callbacks.change(memory, message, message.upcoming.pop(0))

    def _moments(self) -> Iterable[datetime]:
        return (message.upcoming[0].at for message in self._on_their_way())

    def _on_their_way(self) -> list[Message]:
        return [message for message in self._state.memory.messages.values() if message.upcoming]
