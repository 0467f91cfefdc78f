"""What stands in for the checkout machine when its steps are called by hand? One that only waits, with a real token."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest

from chalicelib.checkout.service import CheckoutRef
from chalicelib.checkout.steps import checkout as workflow
from chalicelib.core.workflows import executions
from tests.support.account import Account
from tests.support.waiting import eventually

_SOON_SECONDS = 20
_ROLE = "arn:aws:iam::000000000000:role/waiting"


class Executed(Protocol):
    """What one execution is about; its name is that of the reservation, for checkouts."""

    @property
    def reservation_id(self) -> str: ...


@dataclass
class WaitingMachine:
    """Executions that wait for their token from the start; a test plays the states before and after."""

    arn: str
    _queue_url: str
    _account: Account
    _tokens: dict[str, str] = field(default_factory=dict)

    def token(self, ref: Executed) -> str:
        """The token with which the execution of this attempt waits."""

        def found() -> str | None:
            self._receive()
            return self._tokens.get(ref.reservation_id)

        return eventually(found, _SOON_SECONDS, f"{ref.reservation_id} waits")

    def is_running(self, ref: Executed) -> bool:
        return executions.look_up(self._execution(ref)) is executions.Status.RUNNING

    def was_started(self, ref: Executed) -> bool:
        return executions.look_up(self._execution(ref)) is not None

    def resumed_with(self, ref: Executed) -> str:
        """Wait until the execution was resumed, and say with which outcome."""
        eventually(lambda: not self.is_running(ref), _SOON_SECONDS, f"{ref.reservation_id} is resumed")
        described = self._account.cloud.client("stepfunctions").describe_execution(executionArn=self._execution(ref))
        return str(json.loads(described["output"])["outcome"])

    def kill(self, ref: Executed) -> None:
        """End an execution as an outage would."""
        self._account.cloud.client("stepfunctions").stop_execution(executionArn=self._execution(ref))
        eventually(lambda: not self.is_running(ref), _SOON_SECONDS, f"{ref.reservation_id} is dead")

    def _execution(self, ref: Executed) -> str:
        return executions.execution_arn(self.arn, ref.reservation_id)

    def _receive(self) -> None:
        sqs = self._account.cloud.client("sqs")
        for message in sqs.receive_message(QueueUrl=self._queue_url, MaxNumberOfMessages=10).get("Messages", []):
            said = json.loads(message["Body"])
            self._tokens[said["execution"]] = said["token"]


@contextmanager
def a_waiting_machine(account: Account, patch: pytest.MonkeyPatch, *, of: str = "checkout") -> Iterator[WaitingMachine]:
    """Make the machine and let the shop start it."""
    queue_url = account.cloud.client("sqs").create_queue(QueueName=f"waiting-{of}")["QueueUrl"]
    wait: dict[str, Any] = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {
            "QueueUrl": queue_url,
            "MessageBody": {"token.$": "$$.Task.Token", "execution.$": "$$.Execution.Name"},
        },
        "TimeoutSeconds": 60,
        "End": True,
    }
    arn = account.cloud.client("stepfunctions").create_state_machine(
        name=of, definition=json.dumps({"StartAt": "Wait", "States": {"Wait": wait}}), roleArn=_ROLE
    )["stateMachineArn"]
    patch.setenv(f"{of.upper()}_MACHINE_ARN", arn)
    yield WaitingMachine(arn, queue_url, account)


def step(name: str, ref: CheckoutRef, **sent: str) -> str:
    """Call a step as a state of the machine does, and return its outcome."""
    reference = {"checkout_id": ref.checkout_id, "owner": ref.owner, "attempt": ref.attempt}
    return workflow.handler({"step": name, "input": reference, **sent}, None)["outcome"]


def undone(ref: CheckoutRef) -> str:
    """Call the whole undo chain as the machine does."""
    outcome = step("refuse_order", ref)
    if outcome != "refused":
        return outcome
    for name in ("close_payment", "release_stock", "reopen_cart"):
        outcome = step(name, ref)
    return outcome
