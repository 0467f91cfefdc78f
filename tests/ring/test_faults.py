"""Does each fate really befall a call? Seen from both sides: what took effect, and what the caller heard."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infra.clouds import Cloud
from infra.local.faults.calls import Call, aws_call, vendor_call
from infra.local.faults.fates import PASS, Decision, Fate
from infra.local.faults.plan import Place, Plan, only_at
from infra.local.faults.proxy import FaultProxy, forwarded_to
from infra.local.serving import Answer, Reply
from tests.support.account import TABLE, Account

KEY = {"pk": {"S": "COUNTER"}, "sk": {"S": "COUNTER"}}
COUNTED = {
    "TableName": TABLE,
    "Key": KEY,
    "UpdateExpression": "ADD n :one",
    "ExpressionAttributeValues": {":one": {"N": "1"}},
}
FIRST = Place("step", 1, 1)


@contextmanager
def behind_a_proxy(cloud: Cloud, plan: Plan, *, attempts: int = 1) -> Iterator[Any]:
    """A client whose calls the plan decides about; it gives up soon."""
    patience = Config(read_timeout=0.5, retries={"mode": "standard", "total_max_attempts": attempts})
    with FaultProxy(forwarded_to(str(cloud.endpoint_url)), plan, named=aws_call) as proxy:
        session = boto3.Session(cloud.account, "embedded", region_name=cloud.region)
        yield session.client("dynamodb", endpoint_url=proxy.url, config=patience)


def counted(cloud: Cloud) -> int:
    """How often counting took effect."""
    found = cloud.client("dynamodb").get_item(TableName=TABLE, Key=KEY, ConsistentRead=True).get("Item")
    return int(found["n"]["N"]) if found else 0


def heard(error: Exception) -> str:
    return error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__


@pytest.mark.parametrize(
    ("fate", "effects", "told"),
    [
        (Fate.DROPPED, 0, "ConnectionClosedError"),
        (Fate.FAILED, 0, "InternalServerError"),
        (Fate.THROTTLED, 0, "ThrottlingException"),
        (Fate.STARVED, 0, "ProvisionedThroughputExceededException"),
        (Fate.CONFLICTED, 0, "TransactionConflictException"),
        (Fate.REFUSED, 0, "ValidationException"),
        (Fate.DENIED, 0, "AccessDeniedException"),
        (Fate.NOT_YET, 0, "ResourceNotFoundException"),
        (Fate.KILLED_BEFORE, 0, "ConnectionClosedError"),
        (Fate.UNANSWERED, 1, "ConnectionClosedError"),
        (Fate.SILENT, 1, "ReadTimeoutError"),
        (Fate.KILLED_AFTER, 1, "ConnectionClosedError"),
    ],
)
def test_a_fault_takes_effect_or_not_and_says_so_as_aws_does(aws: Account, fate: Fate, effects: int, told: str) -> None:
    plan = Plan(only_at(FIRST, Decision(fate, seconds=2)))

    with (
        behind_a_proxy(aws.cloud, plan) as client,
        plan.invocation("step"),
        pytest.raises((BotoCoreError, ClientError)) as failure,
    ):
        client.update_item(**COUNTED)

    assert (counted(aws.cloud), heard(failure.value)) == (effects, told)


@pytest.mark.parametrize(("fate", "effects"), [(Fate.PASSED, 1), (Fate.TWICE, 2), (Fate.DELAYED, 1)])
def test_other_calls_are_answered(aws: Account, fate: Fate, effects: int) -> None:
    plan = Plan(only_at(FIRST, Decision(fate, seconds=0.05)))

    with behind_a_proxy(aws.cloud, plan) as client, plan.invocation("step"):
        client.update_item(**COUNTED)

    assert counted(aws.cloud) == effects


@pytest.mark.parametrize("fate", [Fate.KILLED_BEFORE, Fate.KILLED_AFTER])
def test_who_is_killed_does_nothing_more_and_the_next_one_lives(aws: Account, fate: Fate) -> None:
    plan = Plan(only_at(FIRST, Decision(fate)))

    with behind_a_proxy(aws.cloud, plan, attempts=3) as client:
        with plan.invocation("step") as killed:
            for _ in range(2):
                with pytest.raises(BotoCoreError):
                    client.update_item(**COUNTED)
        assert (killed.is_dead, killed.calls) == (True, 6)
        with plan.invocation("step"):
            client.update_item(**COUNTED)

    assert counted(aws.cloud) == (1 if fate is Fate.KILLED_BEFORE else 2)


@pytest.mark.parametrize(
    ("fate", "reason"),
    [
        (Fate.CONFLICTED, "TransactionConflict"),
        (Fate.STARVED, "ProvisionedThroughputExceeded"),
        (Fate.THROTTLED, "ThrottlingError"),
    ],
)
def test_a_cancelled_transaction_names_a_reason_for_each_item(aws: Account, fate: Fate, reason: str) -> None:
    put = {"Put": {"TableName": TABLE, "Item": {"pk": {"S": "A"}, "sk": {"S": "A"}}}}
    plan = Plan(only_at(FIRST, Decision(fate)))

    with (
        behind_a_proxy(aws.cloud, plan) as client,
        plan.invocation("step"),
        pytest.raises(client.exceptions.TransactionCanceledException) as failure,
    ):
        client.transact_write_items(TransactItems=[{"Update": {key: COUNTED[key] for key in COUNTED}}, put])

    assert [each["Code"] for each in failure.value.response["CancellationReasons"]] == [reason, "None"]
    assert counted(aws.cloud) == 0


def test_a_lost_answer_is_asked_for_again_by_the_clients_own_retries(aws: Account) -> None:
    plan = Plan(only_at(FIRST, Decision(Fate.UNANSWERED)))

    with behind_a_proxy(aws.cloud, plan, attempts=2) as client, plan.invocation("step"):
        client.update_item(**COUNTED)

    assert counted(aws.cloud) == 2


@pytest.mark.parametrize(
    ("fate", "status"),
    [(Fate.FAILED, 500), (Fate.THROTTLED, 429), (Fate.REFUSED, 400), (Fate.DENIED, 401), (Fate.NOT_YET, 404)],
)
def test_a_vendor_says_no_as_vendors_do(fate: Fate, status: int) -> None:
    def pay(call: Call) -> Answer:
        return Reply(200, b"{}")

    def named(request: Any) -> Call:
        return vendor_call("chapa", request)

    with FaultProxy(pay, Plan(lambda place, call: Decision(fate)), named=named, is_vendor=True) as proxy:
        assert requests.get(f"{proxy.url}/v1/transaction/verify/pay_01", timeout=5).status_code == status


def test_others_act_just_before_and_just_after_an_effect(aws: Account) -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(counted(aws.cloud))

    plan = Plan(only_at(FIRST, Decision(before=look, after=look)))
    with behind_a_proxy(aws.cloud, plan) as client, plan.invocation("step"):
        client.update_item(**COUNTED)

    assert seen == [0, 1]


def test_the_log_says_who_called_what_and_what_became_of_it(aws: Account) -> None:
    plan = Plan(lambda place, call: Decision(Fate.FAILED) if place == FIRST else PASS)

    with behind_a_proxy(aws.cloud, plan, attempts=2) as client, plan.invocation("step"):
        client.update_item(**COUNTED)

    assert list(map(str, plan.log)) == [
        "step[1].1: dynamodb UpdateItem 500  <- failed",
        "step[1].2: dynamodb UpdateItem 200",
    ]
