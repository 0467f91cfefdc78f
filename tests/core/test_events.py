"""Does what is announced reach whoever listens, as the template routes it?"""

import json
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from chalicelib.core.events.event import Event, announcement
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import VersionedItem
from infra.docs.events import catalogue, consumers
from infra.template import FUNCTION, Template, read_template, resources_of_type

SUBSCRIPTION = "AWS::SNS::Subscription"


@dataclass(frozen=True)
class BasketWoven(Event):
    """A basket is finished."""

    TYPE: ClassVar[str] = "test.basket_woven"

    basket_id: str


@pytest.fixture(scope="module")
def template() -> Template:
    return read_template()


# Its messages are S3's notices of uploads, not events of the shop.
FED_BY_A_BUCKET = {"UploadsQueue"}


def subscribed(template: Template) -> dict[str, list[str]]:
    """Return the event types that reach each file in functions/queues, by the file's name."""
    filters = {
        subscription["Endpoint"]["Fn::GetAtt"][0]: subscription["FilterPolicy"]["type"]
        for subscription in resources_of_type(template, SUBSCRIPTION).values()
        if subscription["Protocol"] == "sqs"
    }
    return {
        function["Handler"].split(".")[2]: filters[queue]
        for function in resources_of_type(template, FUNCTION).values()
        for queue in _queues_of(function)
        if queue not in FED_BY_A_BUCKET
    }


def _queues_of(function: dict[str, Any]) -> list[str]:
    events = function.get("Events", {}).values()
    return [event["Properties"]["Queue"]["Fn::GetAtt"][0] for event in events if event["Type"] == "SQS"]


def test_every_queue_gets_exactly_what_its_consumer_reacts_to(template: Template) -> None:
    assert subscribed(template) == {consumer.name: consumer.event_types for consumer in consumers()}


def test_the_stream_s_filter_lets_items_through_that_announce_something(template: Template) -> None:
    properties = resources_of_type(template, FUNCTION)["PublishEvents"]["Events"]["Change"]["Properties"]
    (only,) = properties["FilterCriteria"]["Filters"]
    wanted = json.loads(only["Pattern"])["dynamodb"]["NewImage"]
    announcing = VersionedItem.at(Key("BASKET#1", "BASKET"), version=1)
    announcing.event = announcement(BasketWoven("bsk_1"), sequence=1)
    silent = VersionedItem.at(Key("BASKET#2", "BASKET"), version=1)

    assert matches(wanted, announcing.to_dynamodb_dict())
    assert not matches(wanted, silent.to_dynamodb_dict())


def matches(pattern: dict[str, Any], image: dict[str, Any]) -> bool:
    """Judge as Lambda does for the one operator in use: `exists`, on a leaf."""
    for name, wanted in pattern.items():
        if isinstance(wanted, dict):
            if not isinstance(image.get(name), dict) or not matches(wanted, image[name]):
                return False
        elif wanted != [{"exists": True}] or not isinstance(image.get(name), str):
            return False
    return True


def test_the_catalogue_names_every_consumer_of_an_event() -> None:
    text = catalogue()

    assert "## order.placed" in text
    for consumer in consumers():
        assert f"| `{consumer.name}` |" in text
    assert "test.basket_woven" not in text
