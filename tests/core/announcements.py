"""What do the tests of events announce, and how does it arrive?"""

import json
from dataclasses import dataclass
from typing import Any, ClassVar

from chalicelib.core.events.event import Event, announcement, envelope
from chalicelib.core.storage import transactions
from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, VersionedItem, find


@dataclass(frozen=True)
class HoneyPoured(Event):
    """Honey went into a jar."""

    TYPE: ClassVar[str] = "test.honey_poured"

    jar_id: str
    grams: int
    bees: tuple[str, ...] = ()


@dataclass(frozen=True)
class JarBroken(Event):
    """A jar is gone."""

    TYPE: ClassVar[str] = "test.jar_broken"

    jar_id: str


class Jug(VersionedItem, discriminator="test_jug"):
    label = UnicodeAttribute(default="honey")


class Scale(Item, discriminator="test_scale"):
    """Counts what was poured, without a version."""

    grams = IntegerAttribute(default=0)


SCALE = Key("SCALE", "SCALE")


def poured(grams: int = 250, jar_id: str = "jar_1", sequence: int = 1) -> dict[str, Any]:
    """Return the envelope of an event, with an id of its own."""
    return envelope(announcement(HoneyPoured(jar_id, grams), sequence=sequence))


def queued(*envelopes: Any) -> dict[str, Any]:
    """Return the batch that a queue's Lambda gets."""
    bodies = [each if isinstance(each, str) else json.dumps(each) for each in envelopes]
    return {"Records": [{"messageId": f"m{number}", "body": body} for number, body in enumerate(bodies)]}


def weigh(grams: int) -> None:
    """Add to what the scale shows; there is one."""
    scale = find(Scale, SCALE)
    with transactions.write() as work:
        if scale is None:
            work.create(Scale.at(SCALE, grams=grams))
        else:
            more = [Scale.grams.set(Scale.grams + grams)]
            work.update(scale, more, when=Scale.pk.exists())


def weighed() -> int:
    """Return what the scale shows."""
    scale = find(Scale, SCALE)
    return 0 if scale is None else scale.grams
