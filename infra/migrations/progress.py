"""How far has a migration come? One item each, so that whoever comes next goes on where it stopped."""

from chalicelib.core import clock
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.attributes import IntegerAttribute, UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.table import VersionedItem, find


class Progress(VersionedItem, discriminator="migration"):
    """``cursor`` is the key of the last row that is dealt with; ``moved`` counts what was noted, so at least."""

    name = UnicodeAttribute()
    cursor = ValueAttribute[dict[str, str]](dict[str, str], null=True)
    seen = IntegerAttribute(default=0)
    moved = IntegerAttribute(default=0)
    started_at = UnicodeAttribute()
    done_at = UnicodeAttribute(null=True)


class RunningElsewhere(Exception):
    """Somebody else is at the same migration."""


def progress_of(name: str) -> Progress | None:
    """Return how far a migration has come; ``None`` if it never began."""
    return find(Progress, keys.migration(name))


def begin(name: str) -> Progress:
    """Return the progress of a migration, new or where it stopped."""
    found = progress_of(name)
    if found is not None:
        return found
    progress = Progress.at(keys.migration(name), name=name, started_at=clock.as_text(clock.now()))
    with transactions.write() as work:
        work.create(progress, refusal=RunningElsewhere(name))
    return progress


def note(progress: Progress) -> None:
    """Store how far it has come. Raises ``RunningElsewhere`` if somebody else did since."""
    with transactions.write() as work:
        work.save(progress, refusal=RunningElsewhere(progress.name))


def forget(name: str) -> None:
    """Let a migration begin anew; what is moved stays moved."""
    progress = progress_of(name)
    if progress is not None:
        with transactions.write() as work:
            work.delete(progress)
