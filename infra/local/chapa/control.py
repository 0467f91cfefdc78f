"""How does a test steer the simulator and look inside?"""

import math
import time
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from infra.local.chapa import payments
from infra.local.chapa.records import Delivery, DeliveryState, Settings, Transaction, now
from infra.local.chapa.state import Memory, State
from infra.local.chapa.switches import Switches
from infra.local.serving import Reply, Request, Routes, json_reply

_Shape = TypeVar("_Shape", bound=BaseModel)
LONGEST_WAIT_SECONDS = 60.0


class Push(BaseModel):
    """What may accompany an outcome: `force` pays a link that is closed already."""

    model_config = ConfigDict(extra="forbid")

    method: str = "telebirr"
    wallet: str | None = "0900123456"
    force: bool = False


class Upcoming(BaseModel):
    model_config = ConfigDict(extra="forbid")

    payments: int = Field(default=1, ge=1, le=1000)
    switches: Switches


class Control:
    def __init__(self, state: State) -> None:
        self._state = state

    def add_to(self, routes: Routes) -> None:
        for method, path, view in (
            ("GET", "/settings", self._settings),
            ("PUT", "/settings", self._change_settings),
            ("GET", "/switches", self._switches),
            ("PUT", "/switches", self._set_everywhere),
            ("DELETE", "/switches", self._clear_switches),
            ("POST", "/switches/next", self._set_next),
            ("PUT", "/switches/{tx_ref}", self._set_for_one),
            ("DELETE", "/switches/{tx_ref}", self._clear_one),
            ("GET", "/transactions", self._transactions),
            ("GET", "/transactions/{tx_ref}", self._transaction),
            ("POST", "/transactions/{tx_ref}/{outcome}", self._push),
            ("GET", "/deliveries", self._deliveries),
            ("POST", "/deliveries/{id}/send", self._send_again),
            ("GET", "/calls", self._calls),
            ("POST", "/reset", self._reset),
        ):
            routes.add(method, "/_simulator" + path, _explained(view))

    def _settings(self, request: Request) -> Reply:
        return json_reply(200, self._state.memory.settings.model_dump(mode="json"))

    def _change_settings(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            document = request.json()
            given = document if isinstance(document, dict) else {"body": document}
            memory.settings = Settings.model_validate(memory.settings.model_dump() | given)
        return self._settings(request)

    def _switches(self, request: Request) -> Reply:
        with self._state.changed:
            return json_reply(200, self._state.memory.switches.model_dump(mode="json"))

    def _set_everywhere(self, request: Request) -> Reply:
        switches = _parsed(Switches, request)
        with self._state.changing() as memory:
            memory.switches.everywhere = switches
        return self._switches(request)

    def _clear_switches(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            memory.switches = type(memory.switches)()
        return self._switches(request)

    def _set_next(self, request: Request) -> Reply:
        wanted = _parsed(Upcoming, request)
        with self._state.changing() as memory:
            memory.switches.upcoming += [wanted.switches.model_copy(deep=True) for _ in range(wanted.payments)]
        return self._switches(request)

    def _set_for_one(self, request: Request) -> Reply:
        switches = _parsed(Switches, request)
        with self._state.changing() as memory:
            memory.switches.by_tx_ref[request.params["tx_ref"]] = switches
        return self._switches(request)

    def _clear_one(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            memory.switches.by_tx_ref.pop(request.params["tx_ref"], None)
        return self._switches(request)

    def _transactions(self, request: Request) -> Reply:
        with self._state.changed:
            newest_first = reversed(self._state.memory.transactions.values())
            return json_reply(200, {"items": [_shown(transaction) for transaction in newest_first]})

    def _transaction(self, request: Request) -> Reply:
        with self._state.changed:
            return json_reply(200, _shown(_found(self._state.memory, request)))

    def _push(self, request: Request) -> Reply:
        push = _parsed(Push, request) if request.body else Push()
        with self._state.changing() as memory:
            transaction = _found(memory, request)
            outcome = _outcomes(memory, transaction, push).get(request.params["outcome"])
            if outcome is None:
                raise LookupError("the outcomes are pay, decline, cancel, expire, reverse, complete_refunds")
            outcome()
            return json_reply(200, _shown(transaction))

    def _deliveries(self, request: Request) -> Reply:
        """Oldest first; `tries=n` waits until so many are made or `wait_seconds` are over."""
        wanted, tx_ref = int(request.query.get("tries", 0)), request.query.get("tx_ref")
        seconds = float(request.query.get("wait_seconds", 10))
        if not 0 <= seconds <= LONGEST_WAIT_SECONDS or math.isnan(seconds):
            raise ValueError(f"wait_seconds is at most {LONGEST_WAIT_SECONDS:g}")
        deadline = time.monotonic() + seconds
        with self._state.changed:
            while True:
                found = self._chosen(tx_ref, request.query.get("kind"))
                left = deadline - time.monotonic()
                if sum(len(delivery.tries) for delivery in found) >= wanted or left <= 0:
                    return json_reply(200, {"items": [delivery.model_dump(mode="json") for delivery in found]})
                self._state.changed.wait(left)

    def _chosen(self, tx_ref: str | None, kind: str | None) -> list[Delivery]:
        deliveries = self._state.memory.deliveries
        return [d for d in deliveries if tx_ref in (None, d.tx_ref) and kind in (None, d.kind)]

    def _send_again(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            for delivery in memory.deliveries:
                if delivery.id == request.params["id"]:
                    delivery.state, delivery.next_try_at = DeliveryState.WAITING, now()
                    return json_reply(200, delivery.model_dump(mode="json"))
        raise LookupError(f"no delivery {request.params['id']}")

    def _calls(self, request: Request) -> Reply:
        with self._state.changed:
            return json_reply(200, {"items": [call.model_dump(mode="json") for call in self._state.calls]})

    def _reset(self, request: Request) -> Reply:
        self._state.reset()
        return self._settings(request)


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


def _parsed(shape: type[_Shape], request: Request) -> _Shape:
    return shape.model_validate_json(request.body)


def _explained(view: Callable[[Request], Reply]) -> Callable[[Request], Reply]:
    """Turn a slip of the tester into a 4xx that says what was wrong."""

    def answer(request: Request) -> Reply:
        try:
            return view(request)
        except LookupError as error:
            return json_reply(404, {"message": str(error.args[0])})
        except payments.LinkClosedError as closed:
            return json_reply(409, {"message": f"the link is closed: {closed.reason}"})
        except ValidationError as error:
            problems = [{"at": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors()]
            return json_reply(422, {"message": "not understood", "problems": problems})
        except ValueError as error:
            return json_reply(422, {"message": str(error)})

    return answer
