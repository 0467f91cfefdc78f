"""How does a test steer payments and look at them?"""

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict

from infra.local import steering
from infra.local.chapa import payments
from infra.local.chapa.records import Transaction
from infra.local.chapa.state import Memory
from infra.local.remembering import now
from infra.local.serving import Reply, Request, json_reply
from infra.local.steering import NotNow, parsed


class Push(BaseModel):
    """What may accompany an outcome: `force` pays a link that is closed already."""

    model_config = ConfigDict(extra="forbid")

    method: str = "telebirr"
    wallet: str | None = "0900123456"
    force: bool = False


class Control(steering.Control[Memory]):
    subject_name = "tx_ref"
    subjects_name = "payments"

    def _own_views(self) -> list[tuple[str, str, Callable[[Request], Reply]]]:
        return [
            ("GET", "/transactions", self._transactions),
            ("GET", "/transactions/{tx_ref}", self._transaction),
            ("POST", "/transactions/{tx_ref}/{outcome}", self._push),
        ]

    def _transactions(self, request: Request) -> Reply:
        with self._state.changed:
            newest_first = reversed(self._state.memory.transactions.values())
            return json_reply(200, {"items": [_shown(transaction) for transaction in newest_first]})

    def _transaction(self, request: Request) -> Reply:
        with self._state.changed:
            return json_reply(200, _shown(_found(self._state.memory, request)))

    def _push(self, request: Request) -> Reply:
        push = parsed(Push, request) if request.body else Push()
        with self._state.changing() as memory:
            transaction = _found(memory, request)
            outcome = _outcomes(memory, transaction, push).get(request.params["outcome"])
            if outcome is None:
                raise LookupError("the outcomes are pay, decline, cancel, expire, reverse, complete_refunds")
            try:
                outcome()
            except payments.LinkClosedError as closed:
                raise NotNow(f"the link is closed: {closed.reason}") from None
            return json_reply(200, _shown(transaction))


def _outcomes(memory: Memory, transaction: Transaction, push: Push) -> dict[str, Callable[[], None]]:
    method, wallet = push.method, push.wallet
    return {
        "pay": lambda: payments.pay(memory, transaction, method=method, wallet=wallet, force=push.force),
        "decline": lambda: payments.decline(memory, transaction, method=method, wallet=wallet),
        "cancel": lambda: payments.leave(memory, transaction),
        "expire": lambda: setattr(transaction, "expires_at", now()),
        "reverse": lambda: payments.reverse(memory, transaction),
        "complete_refunds": lambda: _complete_refunds(memory, transaction),
    }


def _complete_refunds(memory: Memory, transaction: Transaction) -> None:
    latest = max((refund.complete_at for refund in transaction.refunds), default=now())
    payments.complete_refunds(memory, transaction, latest)


def _found(memory: Memory, request: Request) -> Transaction:
    tx_ref = request.params["tx_ref"]
    if tx_ref not in memory.transactions:
        raise LookupError(f"no transaction {tx_ref}")
    return memory.transactions[tx_ref]


def _shown(transaction: Transaction) -> dict[str, object]:
    document = transaction.model_dump(mode="json")
    return document | {
        "closed": transaction.closed_because(now()),
        "checkout_path": f"/checkout/payment/{transaction.token}",
    }
