"""Does everything that was announced reach the topic, and does nothing block the stream?"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.core.aws import client
from chalicelib.core.events.event import announcement
from chalicelib.core.events.publishing import EventsNotPublished, publish
from chalicelib.core.storage.key import Key
from tests.core.announcements import JarBroken, Jug
from tests.support.account import Account
from tests.support.faults import failing

Message = dict[str, Any]
SQS_BYTES = 262_144


class Topic:
    """A topic with a queue that hears everything, and the queue for what cannot be read."""

    def __init__(self, aws: Account) -> None:
        self._sqs = aws.cloud.client("sqs")
        sns = aws.cloud.client("sns")
        self.arn = sns.create_topic(Name="events")["TopicArn"]
        self.heard_url = self._sqs.create_queue(QueueName="heard")["QueueUrl"]
        self.unreadable_url = self._sqs.create_queue(QueueName="unreadable")["QueueUrl"]
        queue_arn = self._sqs.get_queue_attributes(QueueUrl=self.heard_url, AttributeNames=["QueueArn"])["Attributes"]
        raw = {"RawMessageDelivery": "true"}
        sns.subscribe(TopicArn=self.arn, Protocol="sqs", Endpoint=queue_arn["QueueArn"], Attributes=raw)

    def heard(self) -> list[Message]:
        return self._all(self.heard_url)

    def unreadable(self) -> list[Message]:
        return self._all(self.unreadable_url)

    def unreadable_texts(self) -> list[str]:
        return list(self._received(self.unreadable_url))

    def _all(self, url: str) -> list[Message]:
        return [json.loads(text) for text in self._received(url)]

    def _received(self, url: str) -> Iterator[str]:
        while True:
            batch = self._sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
            yield from (message["Body"] for message in batch)
            if not batch:
                return


@pytest.fixture
def topic(aws: Account, monkeypatch: pytest.MonkeyPatch) -> Topic:
    made = Topic(aws)
    monkeypatch.setenv("EVENTS_TOPIC_ARN", made.arn)
    monkeypatch.setenv("UNREADABLE_RECORDS_QUEUE_URL", made.unreadable_url)
    return made


@pytest.fixture
def sent(topic: Topic) -> list[list[Message]]:
    """Return what is given to each call of SNS."""
    calls: list[list[Message]] = []

    def note(params: dict[str, Any], **_: Any) -> None:
        calls.append(params["PublishBatchRequestEntries"])

    client("sns").meta.events.register("provide-client-params.sns.PublishBatch", note)
    return calls


def a_record(jar_id: str = "jar_1") -> Message:
    """Return a stream record of an item that announces something, in the shape in which the shop stores it."""
    jug = Jug.at(Key("JUGS", f"JUG#{jar_id}"), version=1)
    jug.event = announcement(JarBroken(jar_id), sequence=1)
    return {"dynamodb": {"NewImage": jug.to_dynamodb_dict(), "SequenceNumber": "100"}}


def with_event(text: Any) -> Message:
    record = a_record()
    record["dynamodb"]["NewImage"]["event"] = text
    return record


def test_what_was_announced_is_heard(topic: Topic) -> None:
    publish({"Records": [a_record()]}, None)

    (heard,) = topic.heard()
    assert (heard["type"], heard["data"], heard["specversion"]) == ("test.jar_broken", {"jar_id": "jar_1"}, "1.0")


def test_a_batch_goes_out_ten_by_ten_in_order(topic: Topic, sent: list[list[Message]]) -> None:
    publish({"Records": [a_record(f"jar_{number}") for number in range(25)]}, None)

    assert [len(call) for call in sent] == [10, 10, 5]
    subjects = [json.loads(entry["Message"])["subject"] for call in sent for entry in call]
    assert subjects == [f"jar_{number}" for number in range(25)]
    assert all(len({entry["Id"] for entry in call}) == len(call) for call in sent)


def test_subscriptions_can_filter_by_type(topic: Topic, sent: list[list[Message]]) -> None:
    publish({"Records": [a_record()]}, None)

    assert sent[0][0]["MessageAttributes"] == {"type": {"DataType": "String", "StringValue": "test.jar_broken"}}


def test_items_that_announce_nothing_are_passed_over(topic: Topic, sent: list[list[Message]]) -> None:
    silent = Jug.at(Key("JUGS", "JUG#1"), version=1).to_dynamodb_dict()

    publish({"Records": [{"dynamodb": {"NewImage": silent}}, {"dynamodb": {"OldImage": silent}}]}, None)

    assert (sent, topic.unreadable()) == ([], [])


@pytest.mark.parametrize(
    "record",
    [
        with_event({"S": "{not json"}),
        with_event({"S": "[]"}),
        with_event({"S": "null"}),
        with_event({"S": '"text"'}),
        with_event({"S": '{"id": "evt_1"}'}),
        with_event({"M": {}}),
        with_event(None),
        {"eventName": "INSERT"},
        {"dynamodb": None},
        {"dynamodb": {"NewImage": None}},
    ],
)
def test_a_record_that_cannot_be_read_is_put_aside_and_the_rest_goes_on(topic: Topic, record: Message) -> None:
    publish({"Records": [a_record("before"), record, a_record("after")]}, None)

    assert sorted(heard["subject"] for heard in topic.heard()) == ["after", "before"]
    assert topic.unreadable() == [record]


def test_a_record_that_is_too_large_for_the_queue_is_put_aside_in_part(topic: Topic) -> None:
    unreadable = with_event({"S": "{not json"})
    unreadable["dynamodb"]["NewImage"]["label"] = {"S": "ቡና" * 60_000}

    publish({"Records": [unreadable, a_record("after")]}, None)

    [aside] = topic.unreadable_texts()
    assert json.dumps(unreadable).startswith(aside)
    assert SQS_BYTES * 0.9 < len(aside) < SQS_BYTES
    assert [heard["subject"] for heard in topic.heard()] == ["after"]


def test_what_sns_refuses_comes_again(topic: Topic) -> None:
    """The stream delivers the whole batch again, so whoever hears must bear repetition."""
    with failing(client("sns"), "PublishBatch", "InternalFailure", times=9, status=500), pytest.raises(ClientError):
        publish({"Records": [a_record()]}, None)

    assert topic.heard() == []


def test_what_sns_takes_only_in_part_comes_again(topic: Topic, monkeypatch: pytest.MonkeyPatch) -> None:
    def partly(parsed: dict[str, Any], **_: Any) -> None:
        parsed["Failed"] = [{"Id": "0", "Code": "InternalError", "SenderFault": False}]

    client("sns").meta.events.register("after-call.sns.PublishBatch", partly)

    with pytest.raises(EventsNotPublished):
        publish({"Records": [a_record()]}, None)


def test_a_queue_for_the_unreadable_that_is_gone_is_a_fault(topic: Topic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is dropped: the batch comes again until the record has a place to go."""
    monkeypatch.setenv("UNREADABLE_RECORDS_QUEUE_URL", topic.unreadable_url + "-gone")

    with pytest.raises(ClientError):
        publish({"Records": [with_event({"S": "{"})]}, None)
