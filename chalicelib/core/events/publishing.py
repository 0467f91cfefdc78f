"""How do events leave the table? Its stream carries the changed items, SNS whatever they announce."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.core.aws import client
from chalicelib.core.events.event import envelope
from chalicelib.core.observability import count, logger
from chalicelib.core.settings import settings

_SNS_BATCH = 10
# A message of SQS holds 256 KB, an item of the table 400 KB.
_ASIDE_LIMIT_BYTES = 250_000


class EventsNotPublished(Exception):
    """SNS did not take all of them; the stream delivers the batch again."""


def publish(batch: Mapping[str, Any], context: object) -> None:
    """Publish the events of a stream batch (NEW_IMAGE). Raises on any failure, so that the batch comes again.

    A record that cannot be read is an outcome, not a fault: it goes to the dead-letter queue and the
    rest goes on, since trying again would never help and would block the shard.
    """
    envelopes: list[dict[str, Any]] = []
    for record in batch["Records"]:
        try:
            announced = _announced(record)
        except (AttributeError, KeyError, TypeError, ValueError):
            _put_aside(record)
            continue
        if announced is not None:
            envelopes.append(envelope(announced))
    for first in range(0, len(envelopes), _SNS_BATCH):
        _send(envelopes[first : first + _SNS_BATCH])
    logger.info("events published", count=len(envelopes), types=sorted({each["type"] for each in envelopes}))


def _announced(record: Mapping[str, Any]) -> dict[str, Any] | None:
    image = record["dynamodb"].get("NewImage", {})
    if "event" not in image:
        return None
    announced: dict[str, Any] = json.loads(image["event"]["S"])
    envelope(announced)
    return announced


def _send(envelopes: list[dict[str, Any]]) -> None:
    reply = client("sns").publish_batch(
        TopicArn=settings.events_topic_arn,
        PublishBatchRequestEntries=[
            {
                "Id": str(number),
                "Message": json.dumps(each, ensure_ascii=False),
                "MessageAttributes": {"type": {"DataType": "String", "StringValue": each["type"]}},
            }
            for number, each in enumerate(envelopes)
        ],
    )
    if reply.get("Failed"):
        raise EventsNotPublished(reply["Failed"])


def _put_aside(record: Mapping[str, Any]) -> None:
    logger.error("stream record cannot be read", sequence=(record.get("dynamodb") or {}).get("SequenceNumber"))
    count("UnreadableStreamRecords")
    text = json.dumps(record, default=str)
    client("sqs").send_message(QueueUrl=settings.unreadable_records_queue_url, MessageBody=text[:_ASIDE_LIMIT_BYTES])
