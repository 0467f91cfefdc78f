"""Does each queue get exactly the events that its consumer reacts to?"""

import importlib

import pytest

from chalicelib.core.events.consuming import Consumer
from infra.packaging import REPOSITORY
from infra.template import read_template, resources_of_type

QUEUES = sorted(path.stem for path in (REPOSITORY / "functions/queues").glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", QUEUES)
def test_a_queue_subscribes_to_what_its_consumer_reacts_to(name: str) -> None:
    consumer = importlib.import_module(f"functions.queues.{name}").handler.__self__
    logical_id = "".join(word.title() for word in name.split("_"))

    subscription = resources_of_type(read_template(), "AWS::SNS::Subscription")[f"{logical_id}Subscription"]

    assert isinstance(consumer, Consumer)
    assert consumer.name == name
    assert subscription["FilterPolicy"] == {"type": consumer.event_types}
    assert subscription["RawMessageDelivery"] is True
