"""How are events announced again? `python -m infra.republish --type order.placed --since 2026-11-22T06:00Z`.

An item carries the event of its last change. Whatever still carries one of the type goes through the publisher once
more, with the id that it had: who has reacted to it already knows it by that.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.core import clock
from chalicelib.core.events.publishing import publish
from chalicelib.core.storage.table import VersionedItem
from infra.clouds import Cloud
from infra.commands.target import chosen_cloud
from infra.docs.events import consumers

Record = dict[str, Any]


def main(arguments: list[str] | None = None) -> None:
    """Announce again what the command line asks for, and say how much that was."""
    parser = argparse.ArgumentParser(prog="python -m infra.republish", description=__doc__)
    known = sorted({name for consumer in consumers() for name in consumer.event_types})
    parser.add_argument("--type", required=True, choices=known, help="type of event")
    parser.add_argument("--since", required=True, type=moment, help="earliest time of the event, UTC unless it says")
    parser.add_argument("--stack", default="nexus", help="stack whose table and topic are meant")
    parser.add_argument("--dry-run", action="store_true", help="count only")
    chosen = parser.parse_args(arguments)
    cloud = chosen_cloud()
    try:
        point_at(cloud, chosen.stack)
        found = republish(cloud, chosen.type, since=chosen.since, dry_run=chosen.dry_run)
    except (BotoCoreError, ClientError) as problem:
        sys.exit(f"{cloud.name}: {problem}")
    print(f"{found} events {'would be' if chosen.dry_run else 'were'} announced again")


def moment(text: str) -> datetime:
    """Read a time; without an offset it is meant in UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def republish(cloud: Cloud, event_type: str, *, since: datetime, dry_run: bool = False) -> int:
    """Announce every event of the type that an item carries since then; return how many there were.

    Reads the whole table: 1 Scan, a read unit per 4 KB stored. Nothing is written to the table.
    """
    found = 0
    for records in _pages(cloud, event_type, since=clock.as_text(since)):
        found += len(records)
        if records and not dry_run:
            publish({"Records": records}, None)
    return found


def point_at(cloud: Cloud, stack: str) -> None:
    """Let the publisher in this process work for a stack, as its function there does."""
    described = cloud.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in described["Outputs"]}
    stages = [each["ParameterValue"] for each in described["Parameters"] if each["ParameterKey"] == "Stage"]
    os.environ.update(cloud.environment())
    os.environ.update(TABLE_NAME=outputs["TableName"], EVENTS_TOPIC_ARN=outputs["EventsTopicArn"], STAGE=stages[0])


def _pages(cloud: Cloud, event_type: str, *, since: str) -> Iterator[list[Record]]:
    """Read the table page by page, as records of its stream."""
    scan = (
        cloud.client("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=os.environ["TABLE_NAME"],
            FilterExpression="attribute_exists(#event)",
            ProjectionExpression="#event",
            ExpressionAttributeNames={"#event": "event"},
            ConsistentRead=True,
        )
    )
    for page in scan:
        yield [{"dynamodb": {"NewImage": item}} for item in page["Items"] if _is_meant(item, event_type, since)]


def _is_meant(item: Record, event_type: str, since: str) -> bool:
    announced = VersionedItem.event.deserialize(item["event"]["S"])
    return bool(announced["type"] == event_type and announced["time"] >= since)


if __name__ == "__main__":
    main()
