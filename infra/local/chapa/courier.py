"""How does a webhook reach the merchant, and when is it tried again?"""

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from infra.local.chapa import payments, webhooks
from infra.local.chapa.records import Delivery, DeliveryState, DeliveryTry, now
from infra.local.chapa.state import Memory, State

AT_ONCE = 8


class Courier:
    """One thread that starts what is due: tries of deliveries, and the end of refunds."""

    def __init__(self, state: State, *, webhook_secret: str) -> None:
        self._state = state
        self._secret = webhook_secret
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._state.changed:
            self._is_stopping = True
            self._state.changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        with self._state.changed:
            while not self._is_stopping:
                self._complete_refunds()
                self._send_due()
                self._state.changed.wait(_seconds_until_next(self._state.memory))

    def _complete_refunds(self) -> None:
        transactions = list(self._state.memory.transactions.values())
        if any(payments.due_refunds(transaction, now()) for transaction in transactions):
            with self._state.changing() as memory:
                for transaction in transactions:
                    payments.complete_refunds(memory, transaction, now())

    def _send_due(self) -> None:
        memory, moment = self._state.memory, now()
        sending = sum(delivery.state is DeliveryState.SENDING for delivery in memory.deliveries)
        due = [d for d in memory.deliveries if _is_waiting(d) and (d.next_try_at or moment) <= moment]
        for delivery in due[: AT_ONCE - sending]:
            delivery.state = DeliveryState.SENDING
            threading.Thread(target=self._try, args=(delivery,), daemon=True).start()

    def _try(self, delivery: Delivery) -> None:
        with self._state.changed:
            settings = self._state.memory.settings
        attempt = DeliveryTry(at=now(), url=delivery.url or settings.webhook_url)
        try:
            attempt.status = self._send(delivery, attempt.url, settings.delivery_timeout_seconds)
        except (OSError, HTTPException, ValueError) as error:
            attempt.error = f"{type(error).__name__}: {error}"
        with self._state.changing() as memory:
            _settle(memory, delivery, attempt)

    def _send(self, delivery: Delivery, url: str, timeout: float) -> int:
        if delivery.kind == "callback":
            return _request("GET", url, timeout=timeout)
        headers = {"content-type": "application/json", **webhooks.signature_headers(delivery, self._secret)}
        return _request("POST", url, body=delivery.body.encode(), headers=headers, timeout=timeout)


def _settle(memory: Memory, delivery: Delivery, attempt: DeliveryTry) -> None:
    """Write the try down and decide whether there is another one; only 200 counts as received."""
    delivery.tries.append(attempt)
    settings = memory.settings
    next_try_at = now() + timedelta(seconds=settings.seconds_between_tries)
    gives_up_at = delivery.created_at + timedelta(seconds=settings.give_up_after_seconds)
    if attempt.status == 200:
        delivery.state, delivery.next_try_at = DeliveryState.DELIVERED, None
    elif delivery.kind == "callback" or len(delivery.tries) >= settings.delivery_tries or next_try_at > gives_up_at:
        delivery.state, delivery.next_try_at = DeliveryState.GIVEN_UP, None
    else:
        delivery.state, delivery.next_try_at = DeliveryState.WAITING, next_try_at
    for held in memory.deliveries:
        if held.state is DeliveryState.HELD and held.follows == delivery.id:
            held.state, held.next_try_at = DeliveryState.WAITING, now()


def _request(
    method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None, timeout: float
) -> int:
    """The status that the merchant answered; a redirect is an answer, not followed."""
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


def _seconds_until_next(memory: Memory) -> float | None:
    moments: list[datetime] = [d.next_try_at for d in memory.deliveries if _is_waiting(d) and d.next_try_at]
    for transaction in memory.transactions.values():
        moments += [refund.complete_at for refund in transaction.refunds if not refund.is_complete]
    if not moments:
        return None
    return max((min(moments) - now()).total_seconds(), 0.01)
