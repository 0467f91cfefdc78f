"""How is an execution of a state machine started, resumed and looked up?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from botocore.exceptions import ClientError

from chalicelib.core.aws import client

_NOT_WAITING = {"TaskDoesNotExist", "TaskTimedOut", "InvalidToken"}


class Status(StrEnum):
    """What Step Functions says of an execution, in its own words."""

    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    TIMED_OUT = "TIMED_OUT"
    ABORTED = "ABORTED"
    PENDING_REDRIVE = "PENDING_REDRIVE"


@dataclass(frozen=True)
class Execution:
    """An execution by its ARN; the status is None while the service does not know it (yet)."""

    arn: str
    status: Status | None

    @property
    def is_under_way_or_done(self) -> bool:
        """Say whether the work needs no other start: it runs, or ran to its end."""
        return self.status in (Status.RUNNING, Status.SUCCEEDED)


def start(machine_arn: str, execution_name: str, input: Mapping[str, str | int]) -> Execution:
    """Start an execution once per name; repeating the call reports the one that exists.

    A name that is taken proves nothing by itself: the earlier execution may have failed, and a failed
    name can never be used again, so the caller reads the status and takes a new attempt.
    """
    try:
        started = client("stepfunctions").start_execution(
            stateMachineArn=machine_arn, name=execution_name, input=json.dumps(input)
        )
    except ClientError as error:
        if _code(error) != "ExecutionAlreadyExists":
            raise
        arn = execution_arn(machine_arn, execution_name)
        return Execution(arn, look_up(arn))
    # With the same input, AWS answers a repeated start of a running execution as if it were new.
    return Execution(started["executionArn"], Status.RUNNING)


def resume(task_token: str, outcome: str) -> bool:
    """Wake the state that waits with this token; False when nothing waits with it (any more).

    Store the outcome by a condition first and send what is stored: of two answers sent at once it is not
    certain that the first one counts.
    """
    try:
        client("stepfunctions").send_task_success(taskToken=task_token, output=json.dumps({"outcome": outcome}))
    except ClientError as error:
        if _code(error) in _NOT_WAITING:
            return False
        raise
    return True


def look_up(arn: str) -> Status | None:
    """Return the status of an execution; None when the service does not know it."""
    try:
        return Status(client("stepfunctions").describe_execution(executionArn=arn)["status"])
    except ClientError as error:
        if _code(error) == "ExecutionDoesNotExist":
            return None
        raise


def execution_arn(machine_arn: str, execution_name: str) -> str:
    """Return the ARN that a STANDARD machine's execution of this name has."""
    return f"{machine_arn.replace(':stateMachine:', ':execution:')}:{execution_name}"


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])
