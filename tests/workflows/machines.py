"""The real machines, deployed through CloudFormation beside a scripted steps function."""

import io
import itertools
import json
import secrets
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3

from chalicelib.core.workflows import executions
from infra.docs.machines import MACHINES
from tests.support.waiting import eventually

HERE = Path(__file__).parent
SOON_SECONDS = 30

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Account:
    """A fresh account of the embedded cloud: a 12-digit access key is one."""

    cloud_url: str
    access_key: str = field(default_factory=lambda: f"{secrets.randbelow(10**12):012d}")

    def environment(self) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL": self.cloud_url,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    def session(self) -> dict[str, str]:
        return {
            "endpoint_url": self.cloud_url,
            "region_name": "us-east-1",
            "aws_access_key_id": self.access_key,
            "aws_secret_access_key": "local",
        }

    def client(self, service: str) -> Any:
        return boto3.client(service, **self.session())


@dataclass(frozen=True)
class Machines:
    """One deployed set of machines, and the table in which the scripted steps write down their calls."""

    account: Account
    outputs: dict[str, str]

    @classmethod
    def deploy(cls, account: Account, *, payment_timeout_seconds: int) -> "Machines":
        bucket = f"sources-{account.access_key}"
        _upload_sources(account, bucket)
        cloudformation = account.client("cloudformation")
        parameters = {"SourceBucket": bucket, "PaymentTimeoutSeconds": str(payment_timeout_seconds)}
        cloudformation.create_stack(
            StackName="flows",
            TemplateBody=(HERE / "stack.yaml").read_text(),
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        )

        def settled_stack() -> dict[str, Any] | None:
            stack: dict[str, Any] = cloudformation.describe_stacks(StackName="flows")["Stacks"][0]
            return None if stack["StackStatus"].endswith("IN_PROGRESS") else stack

        stack = eventually(settled_stack, SOON_SECONDS, "the machines are deployed")
        assert stack["StackStatus"] == "CREATE_COMPLETE", stack
        return cls(account, {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]})

    def lose(self, child: str) -> None:
        """Delete a child machine, so that nothing can start it."""
        self.account.client("stepfunctions").delete_state_machine(stateMachineArn=self.outputs[f"{child}Arn"])

    def start(self, **script: list[str]) -> "Run":
        """Start a checkout whose steps answer what is scripted for them, and else what pleases everybody."""
        run = Run(self, f"chk_{next(_numbers):04d}", self._calls_table())
        run.table.put_item(Item={"checkout_id": run.checkout_id, "script": script})
        executions.start(self.outputs["CheckoutArn"], run.name, run.input)
        return run

    def start_refund(self, **script: list[str]) -> "RefundRun":
        """Start a refund whose steps answer what is scripted for them, and else what pleases everybody."""
        run = RefundRun(self, f"rfd_{next(_numbers):04d}", self._calls_table())
        run.table.put_item(Item={"checkout_id": run.checkout_id, "script": script})
        executions.start(self.outputs["RefundArn"], run.name, run.input)
        return run

    def _calls_table(self) -> Any:
        return boto3.resource("dynamodb", **self.account.session()).Table(self.outputs["CallsTable"])


@dataclass(frozen=True)
class Run:
    """One execution of the checkout machine, seen from outside."""

    machines: Machines
    checkout_id: str
    table: Any

    @property
    def name(self) -> str:
        return f"{self.checkout_id}-1"

    @property
    def input(self) -> dict[str, str | int]:
        return {"checkout_id": self.checkout_id, "owner": "usr_1", "attempt": 1}

    @property
    def arn(self) -> str:
        return executions.execution_arn(self.machines.outputs["CheckoutArn"], self.name)

    def calls(self) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = self.table.get_item(Key={"checkout_id": self.checkout_id})["Item"].get(
            "calls", []
        )
        return calls

    def steps(self) -> list[str]:
        """Name the steps that were called, retries included."""
        return [call["step"] for call in self.calls()]

    def token(self) -> str:
        """Wait until the machine waits, and return the token it waits with."""

        def found() -> str | None:
            return next((call["task_token"] for call in self.calls() if "task_token" in call), None)

        return eventually(found, SOON_SECONDS, f"{self.name} waits for its payment")

    def ends(self, payment: str | None = None) -> "Ended":
        """Answer the payment, if one is told, and wait for the end."""
        if payment:
            assert executions.resume(self.token(), payment)
        eventually(
            lambda: executions.look_up(self.arn) is not executions.Status.RUNNING, SOON_SECONDS, f"{self.name} ends"
        )
        client = self.machines.account.client("stepfunctions")
        history = client.get_execution_history(executionArn=self.arn, maxResults=1000)["events"]
        return Ended(client.describe_execution(executionArn=self.arn), history)


@dataclass(frozen=True)
class RefundRun(Run):
    """One execution of the refund machine, whose calls are written down under the refund's id."""

    @property
    def input(self) -> dict[str, str | int]:
        return {"refund_id": self.checkout_id, "attempt": 1}

    @property
    def arn(self) -> str:
        return executions.execution_arn(self.machines.outputs["RefundArn"], self.name)


@dataclass(frozen=True)
class Ended:
    """How an execution ended, and what it went through."""

    description: dict[str, Any]
    history: list[dict[str, Any]]

    @property
    def status(self) -> str:
        return str(self.description["status"])

    @property
    def outcome(self) -> str:
        return str(json.loads(self.description["output"])["outcome"])

    def states(self) -> list[str]:
        """Name the states entered: each is one billed transition."""
        return [event["stateEnteredEventDetails"]["name"] for event in self.history if "Entered" in event["type"]]

    def passed_on(self) -> list[dict[str, Any]]:
        """Return what went into and came out of every state."""
        details = [
            event.get("stateEnteredEventDetails", {}).get("input")
            or event.get("stateExitedEventDetails", {}).get("output")
            for event in self.history
        ]
        return [json.loads(text) for text in details if text]


def _upload_sources(account: Account, bucket: str) -> None:
    storage = account.client("s3")
    storage.create_bucket(Bucket=bucket)
    for path in MACHINES.glob("*.asl.json"):
        storage.put_object(Bucket=bucket, Key=path.name, Body=path.read_bytes())
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(HERE / "scripted_steps.py", "scripted_steps.py")
    storage.put_object(Bucket=bucket, Key="scripted_steps.zip", Body=package.getvalue())
