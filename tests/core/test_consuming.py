"""Is each event handled once, however often, late or broken it comes?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core import clock, observability
from chalicelib.core.errors import Conflict
from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import Item, find
from tests.core.announcements import HoneyPoured, JarBroken, poured, queued, weigh, weighed
from tests.support.account import Account
from tests.support.recorded_calls import recording


def a_consumer(name: str = "scales", once: Once = Once.BY_MARKER) -> Consumer:
    """Return a consumer that weighs what is poured."""
    consumer = Consumer(name)

    @consumer.on(HoneyPoured, once=once)
    def weigh_it(message: Message[HoneyPoured]) -> None:
        weigh(message.data.grams)
        if message.data.grams < 0:
            raise ValueError("nobody pours back")
        if message.data.grams == 0:
            raise Conflict()

    return consumer


def failed(reply: dict[str, list[dict[str, str]]]) -> list[str]:
    return [each["itemIdentifier"] for each in reply["batchItemFailures"]]


def test_an_event_that_comes_twice_has_one_effect(aws: Account) -> None:
    event = poured(250)

    replies = [a_consumer().handler(queued(event), None), a_consumer().handler(queued(event, event), None)]

    assert [failed(reply) for reply in replies] == [[], []]
    assert weighed() == 250


def test_effect_and_marker_are_one_transaction(aws: Account) -> None:
    weigh(1)

    with recording(aws.dynamodb) as calls:
        a_consumer().handler(queued(poured()), None)

    assert calls.operations == ["GetItem", "TransactWriteItems"]


def test_two_consumers_each_handle_it(aws: Account) -> None:
    event = poured(250)

    a_consumer("scales").handler(queued(event), None)
    a_consumer("books").handler(queued(event), None)

    assert weighed() == 500


def test_at_once_it_is_handled_once(aws: Account) -> None:
    weigh(1)
    event = poured(250)

    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda _: a_consumer().handler(queued(event), None), range(6)))

    assert [failed(reply) for reply in replies] == [[]] * 6
    assert weighed() == 251


def test_a_marker_outlives_the_dead_letters_and_then_goes(aws: Account) -> None:
    event = poured()
    a_consumer().handler(queued(event), None)
    marker = find(Item, keys.marker("scales", event["id"]))
    fourteen_days = 14 * 86_400

    assert marker is not None
    assert marker.expires_at is not None
    assert marker.expires_at > clock.epoch_seconds() + fourteen_days


def test_one_poison_message_comes_again_alone(aws: Account) -> None:
    reply = a_consumer().handler(queued(poured(100), poured(-1), "{not json", poured(200)), None)

    assert failed(reply) == ["m1", "m2"]
    assert weighed() == 300


@pytest.mark.parametrize(
    "body",
    ["", "[]", "null", "7", "{}", '{"type": "test.honey_poured"}', '{"type": "test.honey_poured", "id": "evt_1"}'],
)
def test_what_is_no_event_of_ours_is_reported(aws: Account, body: str) -> None:
    assert failed(a_consumer().handler(queued(body), None)) == ["m0"]


def test_an_event_that_lacks_a_field_is_reported(aws: Account) -> None:
    event = poured()
    del event["data"]["grams"]

    assert failed(a_consumer().handler(queued(event), None)) == ["m0"]
    assert weighed() == 0


def test_a_refusal_leaves_no_marker_so_that_it_may_come_again(aws: Account) -> None:
    event = poured(0)

    assert failed(a_consumer().handler(queued(event), None)) == ["m0"]
    assert find(Item, keys.marker("scales", event["id"])) is None
    assert weighed() == 0


def test_a_type_that_nobody_reacts_to_is_none_of_our_business(aws: Account) -> None:
    event = poured() | {"type": "test.something_else"}

    with recording(aws.dynamodb) as calls:
        assert failed(a_consumer().handler(queued(event), None)) == []

    assert calls.operations == []


def test_fields_of_a_newer_release_do_no_harm(aws: Account) -> None:
    event = poured(250)
    event["data"]["colour"] = "amber"
    event["extension"] = "unknown"

    assert failed(a_consumer().handler(queued(event), None)) == []
    assert weighed() == 250


def test_a_reaction_that_guards_itself_gets_no_marker(aws: Account) -> None:
    event = poured(250)
    consumer = a_consumer(once=Once.BY_OWN_WRITES)

    for _ in range(2):
        consumer.handler(queued(event), None)

    assert weighed() == 500, "this one does not guard itself, which shows that no marker did"
    assert find(Item, keys.marker("scales", event["id"])) is None


def test_contention_makes_it_read_and_decide_anew(aws: Account) -> None:
    tries: list[int] = []
    consumer = Consumer("scales")

    @consumer.on(HoneyPoured)
    def weigh_at_last(message: Message[HoneyPoured]) -> None:
        tries.append(message.sequence)
        if len(tries) < 3:
            raise transactions.StaleItem("somebody was faster")
        weigh(message.data.grams)

    assert failed(consumer.handler(queued(poured(250, sequence=4)), None)) == []
    assert (tries, weighed()) == ([4, 4, 4], 250)


def test_the_trace_of_the_announcer_is_gone_on_with(aws: Account) -> None:
    seen: list[str | None] = []
    consumer = Consumer("scales")

    @consumer.on(HoneyPoured, once=Once.BY_OWN_WRITES)
    def look(message: Message[HoneyPoured]) -> None:
        seen.append(observability.traceparent.get())

    consumer.handler(queued(poured() | {"traceparent": "00-trace"}, poured()), None)

    assert seen == ["00-trace", None]
    assert observability.traceparent.get() is None


def test_a_consumer_says_what_it_must_be_sent_and_reacts_once() -> None:
    consumer = a_consumer()

    @consumer.on(JarBroken)
    def sweep(message: Message[JarBroken]) -> None:
        """Sweep."""

    assert consumer.event_types == ["test.honey_poured", "test.jar_broken"]
    with pytest.raises(TypeError, match=r"scales already reacts to test\.jar_broken"):
        consumer.on(JarBroken)(sweep)
