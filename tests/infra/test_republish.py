"""Does republishing bring back what was lost, and nothing twice to those who had it?"""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from chalicelib.core import clock
from chalicelib.core.events.event import envelope
from chalicelib.orders.models import Order
from functions.queues.order_mails import handler
from infra.local.mailbox.letters import letters_at
from infra.republish import moment, republish
from tests.notifications.builders import a_placed_order
from tests.support.account import TABLE, Account
from tests.support.cloud import Shop, is_embedded

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Listener:
    """A queue that hears everything that the topic says."""

    account: Account
    queue_url: str

    def heard(self) -> list[dict[str, object]]:
        """Return the envelopes that came, emptying the queue."""
        found: list[dict[str, object]] = []
        while messages := self._received():
            found += [json.loads(message) for message in messages]
        return found

    def _received(self) -> list[str]:
        sqs = self.account.cloud.client("sqs")
        taken = sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10).get("Messages", [])
        for message in taken:
            sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
        return [message["Body"] for message in taken]


@pytest.fixture
def listener(aws: Account, monkeypatch: pytest.MonkeyPatch) -> Listener:
    topic = aws.cloud.client("sns").create_topic(Name="events")["TopicArn"]
    sqs = aws.cloud.client("sqs")
    url = sqs.create_queue(QueueName="listener")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    aws.cloud.client("sns").subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"}
    )
    monkeypatch.setenv("EVENTS_TOPIC_ARN", topic)
    return Listener(aws, url)


def announced(order: Order) -> dict[str, object]:
    assert order.event is not None
    return envelope(order.event)


def test_an_order_is_announced_again_with_the_very_envelope_that_it_had(aws: Account, listener: Listener) -> None:
    orders = [a_placed_order() for _ in range(12)]

    assert republish(aws.cloud, "order.placed", since=LONG_AGO) == 12

    heard = {envelope["id"]: envelope for envelope in listener.heard()}
    assert heard == {announced(order)["id"]: announced(order) for order in orders}


def test_what_is_older_or_of_another_type_stays_silent(aws: Account, listener: Listener) -> None:
    a_placed_order()

    assert republish(aws.cloud, "order.placed", since=clock.now() + timedelta(seconds=1)) == 0
    assert republish(aws.cloud, "product.changed", since=LONG_AGO) == 0
    assert listener.heard() == []


def test_a_dry_run_counts_and_says_nothing(aws: Account, listener: Listener) -> None:
    a_placed_order()

    assert republish(aws.cloud, "order.placed", since=LONG_AGO, dry_run=True) == 1
    assert listener.heard() == []


def test_every_page_of_the_table_is_read(aws: Account, listener: Listener) -> None:
    order = a_placed_order()
    filler = {"pk": {"S": "FILLER"}, "kind": {"S": "filler"}, "text": {"S": "x" * 390_000}}
    for number in range(6):
        aws.cloud.client("dynamodb").put_item(TableName=TABLE, Item={**filler, "sk": {"S": str(number)}})

    assert republish(aws.cloud, "order.placed", since=LONG_AGO) == 1
    assert [envelope["id"] for envelope in listener.heard()] == [announced(order)["id"]]


def test_who_has_reacted_already_does_nothing_more(aws: Account, listener: Listener) -> None:
    a_placed_order()
    republish(aws.cloud, "order.placed", since=LONG_AGO)
    react_to(listener.heard())
    mails = len(sent_mails(aws))

    republish(aws.cloud, "order.placed", since=LONG_AGO)
    react_to(listener.heard())

    assert (mails, len(sent_mails(aws))) == (1, 1)


def test_a_time_without_an_offset_is_utc() -> None:
    assert moment("2026-11-22T06:00") == moment("2026-11-22T09:00+03:00") == datetime(2026, 11, 22, 6, tzinfo=UTC)


def test_the_command_finds_the_stack_and_says_what_it_did(shop: Shop) -> None:
    if not is_embedded():
        pytest.skip("it would read a whole table of a shop that others use")

    done = run_command(shop, "--type", "order.placed", "--since", "2020-01-01", "--dry-run")
    unknown = run_command(shop, "--type", "order.lost", "--since", "2020-01-01")
    nowhere = run_command(shop, "--type", "order.placed", "--since", "2020-01-01", "--stack", "nexus-gone")

    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("events would be announced again\n")
    assert "order.placed" in unknown.stderr
    assert nowhere.stderr.startswith("embedded: ")


def run_command(shop: Shop, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"CLOUD_PORT": str(urlsplit(str(shop.cloud.endpoint_url)).port)}
    command = [sys.executable, "-m", "infra.republish", "--stack", "nexus-test", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def react_to(envelopes: list[dict[str, object]]) -> None:
    records = [{"messageId": str(each["id"]), "body": json.dumps(each)} for each in envelopes]
    assert handler({"Records": records}, None) == {"batchItemFailures": []}


def sent_mails(aws: Account) -> list[object]:
    return list(letters_at(str(aws.cloud.endpoint_url), account=aws.cloud.account))
