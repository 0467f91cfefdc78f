"""What stands behind the proxy beside the table? Step Functions, the topic and Chapa, each as the shop meets it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.core.workflows.executions import Status
from infra.local.chapa import Settings, payments
from infra.local.chapa.api import Api
from infra.local.chapa.checkout import Checkout
from infra.local.chapa.records import Transaction
from infra.local.chapa.state import State
from infra.local.faults.calls import Call
from infra.local.remembering import now
from infra.local.serving import Answer, Reply, Request, Routes
from tests.ring.blueprint import Machine
from tests.ring.machines import Execution

CHAPA_HOST = "http://chapa.test"
_JSON = "application/x-amz-json-1.0"


@dataclass
class StepFunctions:
    """The three calls that the shop makes of it (AWS Step Functions API reference)."""

    machines: dict[str, Machine]
    started: dict[str, Execution] = field(default_factory=dict)

    def answer(self, call: Call) -> Answer:
        said = call.document
        match call.operation:
            case "StartExecution":
                return self._start(said)
            case "DescribeExecution":
                return self._describe(said["executionArn"])
            case "SendTaskSuccess":
                return self._resume(said["taskToken"], said["output"])
        return _refused("UnknownOperationException")

    def running(self) -> list[Execution]:
        return [each for each in self.started.values() if each.status is Status.RUNNING]

    def _start(self, said: dict[str, Any]) -> Reply:
        machine, name = self.machines[said["stateMachineArn"]], said["name"]
        arn = f"{machine.arn.replace(':stateMachine:', ':execution:')}:{name}"
        given = json.loads(said["input"])
        known = self.started.get(arn)
        if known is None:
            self.started[arn] = Execution(machine, name, given)
        elif known.status is not Status.RUNNING or known.input != given:
            return _refused("ExecutionAlreadyExists")
        return _said({"executionArn": arn, "startDate": 0})

    def _describe(self, arn: str) -> Reply:
        execution = self.started.get(arn)
        if execution is None:
            return _refused("ExecutionDoesNotExist")
        return _said({"executionArn": arn, "status": execution.status, "startDate": 0, "name": execution.name})

    def _resume(self, token: str, output: str) -> Reply:
        for execution in self.started.values():
            if execution.waits is not None and execution.waits.token == token:
                if execution.status is not Status.RUNNING:
                    return _refused("TaskTimedOut")
                # Of two answers sent at once the later one may count.
                execution.waits.answer = output
                return _said({})
        return _refused("TaskDoesNotExist")


@dataclass
class Topic:
    """Takes what is published and hands each message to whom it may concern (SNS `PublishBatch`)."""

    deliver: Callable[[str, str], None]

    def answer(self, call: Call) -> Answer:
        form = call.request.form()
        entries = "PublishBatchRequestEntries.member"
        numbers = [number for number in range(1, 11) if f"{entries}.{number}.Id" in form]
        for number in numbers:
            kind = form[f"{entries}.{number}.MessageAttributes.entry.1.Value.StringValue"]
            self.deliver(kind, form[f"{entries}.{number}.Message"])
        taken = "".join(f"<member><Id>{form[f'{entries}.{each}.Id']}</Id></member>" for each in numbers)
        result = f"<PublishBatchResult><Failed/><Successful>{taken}</Successful></PublishBatchResult>"
        return Reply(200, f"<PublishBatchResponse>{result}</PublishBatchResponse>".encode(), "text/xml")


class ChapaHere:
    """The simulator without a server and without a courier: its news go out when the ring says so."""

    def __init__(self, secret_key: str) -> None:
        self.state = State(Settings())
        self._routes = Routes()
        Api(self.state, secret_key=secret_key, public_url=lambda: CHAPA_HOST, pause=lambda seconds: None).add_to(
            self._routes
        )
        Checkout(self.state).add_to(self._routes)

    def answer(self, call: Call) -> Answer:
        return self._routes.answer(call.request)

    def next_refund(self) -> datetime | None:
        """Return when Chapa has given the next refund back."""
        pending = [each for taken in self._taken() for each in taken.refunds if not each.is_complete]
        return min((each.complete_at for each in pending), default=None)

    def gives_back(self) -> None:
        """Complete the refunds that are due, which sends a webhook of each."""
        with self.state.changing() as memory:
            for taken in self._taken():
                payments.complete_refunds(memory, taken, now())

    def _taken(self) -> list[Transaction]:
        return list(self.state.memory.transactions.values())

    def press(self, url: str, form: bytes) -> Reply:
        """Send the form of a payment page, as the shopper's browser does."""
        path = url.removeprefix(CHAPA_HOST)
        headers = {"accept": "application/json", "content-type": "application/x-www-form-urlencoded"}
        answer = self._routes.answer(Request("POST", path, {}, headers, form))
        assert isinstance(answer, Reply)
        return answer


def _said(document: dict[str, Any]) -> Reply:
    return Reply(200, json.dumps(document).encode(), _JSON)


def _refused(code: str) -> Reply:
    return Reply(400, json.dumps({"__type": code, "message": code}).encode(), _JSON)
