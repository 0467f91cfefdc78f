"""How are events received? A queue's batch becomes typed messages, each handled once however often it comes.

consumer = Consumer("catalog_cards")

@consumer.on(ProductChanged)
def update_cards(message: Message[ProductChanged]) -> None:
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from chalicelib.core import clock, observability
from chalicelib.core.events import batches
from chalicelib.core.events.event import Event
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import Item

E = TypeVar("E", bound=Event)


class Once(StrEnum):
    """What keeps a repeated event from having its effect again."""

    BY_MARKER = "marker"  # the reaction's writes and a marker commit together
    BY_OWN_WRITES = "own writes"  # the reaction's own conditions, lease or delivery record


class Marker(Item, discriminator="marker"):
    """This consumer has handled this event."""


class AlreadyHandled(Exception):
    """The marker was there."""


@dataclass(frozen=True)
class Message(Generic[E]):
    """An event as it arrived. ``sequence`` grows with each change of the subject's item; order of arrival does not."""

    id: str
    sequence: int
    time: str
    data: E


@dataclass(frozen=True)
class Reaction:
    """What a consumer does about one event type, and what keeps it from doing so twice."""

    event: type[Event]
    react: Callable[[Message[Any]], None]
    once: Once


class Consumer:
    """All that one queue does about the events it subscribes to. Its ``handler`` is the Lambda handler."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._reactions: dict[str, Reaction] = {}

    @property
    def event_types(self) -> list[str]:
        """Return what the queue must subscribe to."""
        return sorted(self._reactions)

    @property
    def reactions(self) -> dict[str, Reaction]:
        """Return what it does about each event type."""
        return dict(self._reactions)

    def on(
        self, event: type[E], *, once: Once = Once.BY_MARKER
    ) -> Callable[[Callable[[Message[E]], None]], Callable[[Message[E]], None]]:
        """Declare the one reaction to an event type."""

        def declare(react: Callable[[Message[E]], None]) -> Callable[[Message[E]], None]:
            if event.TYPE in self._reactions:
                raise TypeError(f"{self.name} already reacts to {event.TYPE}")
            self._reactions[event.TYPE] = Reaction(event, react, once)
            return react

        return declare

    def handler(self, batch: Mapping[str, Any], context: object) -> dict[str, Any]:
        """Handle an SQS batch; what failed is reported alone and comes again (partial batch response)."""
        return batches.answer(batch, self._handled)

    def receive(self, envelope: Mapping[str, Any]) -> None:
        """Handle one CloudEvents envelope; a type that nobody here reacts to is none of our business."""
        reaction = self._reactions.get(envelope["type"])
        if reaction is None:
            return
        message = Message(
            id=envelope["id"],
            sequence=envelope["sequence"],
            time=envelope["time"],
            data=reaction.event.from_data(envelope["data"]),
        )
        trace = observability.traceparent.set(envelope.get("traceparent"))
        try:
            transactions.settled(lambda: self._react(reaction, message))
        finally:
            observability.traceparent.reset(trace)

    def _handled(self, record: Mapping[str, Any]) -> bool:
        try:
            envelope = json.loads(record["body"])
            self.receive(envelope)
        except Exception:
            logger.exception("event not handled", consumer=self.name, message_id=record["messageId"])
            return False
        logger.info("event handled", consumer=self.name, event=envelope["id"], type=envelope["type"])
        return True

    def _react(self, reaction: Reaction, message: Message[Any]) -> None:
        if reaction.once is Once.BY_OWN_WRITES:
            reaction.react(message)
            return
        try:
            with transactions.write() as work:
                work.create(self._marker_of(message), refusal=AlreadyHandled())
                reaction.react(message)
        except AlreadyHandled:
            logger.info("event seen before", consumer=self.name, event=message.id)

    def _marker_of(self, message: Message[Any]) -> Marker:
        kept_until = clock.epoch_seconds() + settings.event_marker_kept_seconds
        return Marker.at(keys.marker(self.name, message.id), expires_at=kept_until)
