"""How does a scheduled job go through its work? One thing at a time; what fails is left for the next run."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from chalicelib.core.observability import count, logger
from chalicelib.core.storage import transactions

T = TypeVar("T")


def for_each(things: Iterable[T], work: Callable[[T], None], *, job: str) -> dict[str, int]:
    """Do the work for each thing and say how many were done and how many failed; a failure stops nobody else."""
    done = failed = 0
    for thing in things:
        try:
            transactions.settled(partial(work, thing))
            done += 1
        except Exception:
            logger.exception("scheduled work failed", job=job)
            count("ScheduledWorkFailed")
            failed += 1
    logger.info("scheduled work", job=job, done=done, failed=failed)
    return {"done": done, "failed": failed}
