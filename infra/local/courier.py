"""How does a vendor's call reach the shop, and when is it tried again?"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from infra.local.remembering import Delivery, DeliveryState, DeliveryTry, Memory, State, now

AT_ONCE = 8

M = TypeVar("M", bound=Memory)
D = TypeVar("D", bound=Delivery)


class Courier(ABC, Generic[M, D]):
    """One thread that starts what is due: tries of deliveries, and whatever else the vendor does in time."""

    def __init__(self, state: State[M]) -> None:
        self._state = state
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._state.changed:
            self._is_stopping = True
            self._state.changed.notify_all()
        self._thread.join()

    @abstractmethod
    def _deliveries(self) -> list[D]:
        """Everything that was ever to be delivered."""

    @abstractmethod
    def _url_of(self, delivery: D) -> str:
        """Where it goes."""

    @abstractmethod
    def _send(self, delivery: D, url: str, timeout: float) -> int:
        """Make the call and return the status that the shop answered."""

    @abstractmethod
    def _is_received(self, status: int | None) -> bool:
        """Whether this answer ends the matter."""

    def _tries_of(self, delivery: D) -> int:
        return self._state.memory.settings.delivery_tries

    def _do_what_is_due(self) -> None:
        """Let happen what the vendor does in time, besides calling."""

    def _moments(self) -> Iterable[datetime]:
        """When something of that is due next."""
        return ()

    def _run(self) -> None:
        with self._state.changed:
            while not self._is_stopping:
                self._do_what_is_due()
                self._send_due()
                self._state.changed.wait(self._seconds_until_next())

    def _send_due(self) -> None:
        moment, deliveries = now(), self._deliveries()
        sending = sum(delivery.state is DeliveryState.SENDING for delivery in deliveries)
        due = [d for d in deliveries if _is_waiting(d) and (d.next_try_at or moment) <= moment]
        for delivery in due[: AT_ONCE - sending]:
            delivery.state = DeliveryState.SENDING
            threading.Thread(target=self._try, args=(delivery,), daemon=True).start()

    def _try(self, delivery: D) -> None:
        with self._state.changed:
            timeout = self._state.memory.settings.delivery_timeout_seconds
            attempt = DeliveryTry(at=now(), url=self._url_of(delivery))
        try:
            attempt.status = self._send(delivery, attempt.url, timeout)
        except (OSError, HTTPException, ValueError) as error:
            attempt.error = f"{type(error).__name__}: {error}"
        with self._state.changing():
            self._settle(delivery, attempt)

    def _settle(self, delivery: D, attempt: DeliveryTry) -> None:
        """Write the try down and decide whether there is another one."""
        delivery.tries.append(attempt)
        settings = self._state.memory.settings
        next_try_at = now() + timedelta(seconds=settings.seconds_between_tries)
        gives_up_at = delivery.created_at + timedelta(seconds=settings.give_up_after_seconds)
        if self._is_received(attempt.status):
            delivery.state, delivery.next_try_at = DeliveryState.DELIVERED, None
        elif len(delivery.tries) >= self._tries_of(delivery) or next_try_at > gives_up_at:
            delivery.state, delivery.next_try_at = DeliveryState.GIVEN_UP, None
        else:
            delivery.state, delivery.next_try_at = DeliveryState.WAITING, next_try_at
        for held in self._deliveries():
            if held.state is DeliveryState.HELD and held.follows == delivery.id:
                held.state, held.next_try_at = DeliveryState.WAITING, now()

    def _seconds_until_next(self) -> float | None:
        tries = [d.next_try_at for d in self._deliveries() if _is_waiting(d) and d.next_try_at]
        moments = [*tries, *self._moments()]
        if not moments:
            return None
        return max((min(moments) - now()).total_seconds(), 0.01)


def reorder(deliveries: Iterable[Delivery], copies: Sequence[Delivery], *, hold: bool) -> None:
    """Send what was held back behind the first of `copies`; hold `copies` back when nothing was."""
    held = [
        delivery
        for delivery in deliveries
        if delivery.subject == copies[0].subject and delivery.state is DeliveryState.HELD
    ]
    for delivery in held:
        delivery.follows = copies[0].id
    if hold and not held:
        for delivery in copies:
            delivery.state, delivery.next_try_at = DeliveryState.HELD, None


def call_shop(
    method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None, timeout: float
) -> int:
    """The status that the shop answered; a redirect is an answer, not followed."""
    target = urlsplit(url)
    if target.scheme not in ("http", "https") or not target.hostname:
        raise ValueError(f"no address to call: {url!r}")
    kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
    connection = kind(target.hostname, target.port, timeout=timeout)
    try:
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        connection.request(method, path, body=body or None, headers=dict(headers or {}))
        return connection.getresponse().status
    finally:
        connection.close()


def _is_waiting(delivery: Delivery) -> bool:
    return delivery.state is DeliveryState.WAITING
