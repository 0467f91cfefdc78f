"""How does a webhook reach the merchant, and when do refunds end?"""

from collections.abc import Iterable
from datetime import datetime

from infra.local import courier
from infra.local.chapa import payments, webhooks
from infra.local.chapa.records import Delivery, Secrets
from infra.local.chapa.state import Memory, State
from infra.local.courier import call_shop
from infra.local.remembering import now


class Courier(courier.Courier[Memory, Delivery]):
    """Brings webhooks and callbacks, and completes refunds."""

    def __init__(self, state: State, *, known: Secrets) -> None:
        super().__init__(state)
        self._known = known

    def _deliveries(self) -> list[Delivery]:
        return self._state.memory.deliveries

    def _url_of(self, delivery: Delivery) -> str:
        return delivery.url or self._state.memory.settings.webhook_url

    def _send(self, delivery: Delivery, url: str, timeout: float) -> int:
        if delivery.kind == "callback":
            return call_shop(delivery.callback_method, url, timeout=timeout)
        headers = {"content-type": "application/json", **webhooks.proof_headers(delivery, self._known)}
        return call_shop("POST", url, body=delivery.body.encode(), headers=headers, timeout=timeout)

    def _is_received(self, status: int | None) -> bool:
        return status == 200

    def _tries_of(self, delivery: Delivery) -> int:
        return 1 if delivery.kind == "callback" else super()._tries_of(delivery)

    def _do_what_is_due(self) -> None:
        transactions = list(self._state.memory.transactions.values())
        if any(payments.due_refunds(transaction, now()) for transaction in transactions):
            with self._state.changing() as memory:
                for transaction in transactions:
                    payments.complete_refunds(memory, transaction, now())

    def _moments(self) -> Iterable[datetime]:
        for transaction in self._state.memory.transactions.values():
            yield from (refund.complete_at for refund in transaction.refunds if not refund.is_complete)
