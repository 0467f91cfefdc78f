"""How does a scheduled job go through its work? One thing at a time; what fails is put off and stops nobody else."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from chalicelib.core.observability import count, logger
from chalicelib.core.storage import transactions

T = TypeVar("T")


def for_each(
    things: Iterable[T], work: Callable[[T], None], *, put_off: Callable[[T], None], job: str
) -> dict[str, int]:
    """Do the work for each thing and say how many were done and how many failed.

    What fails is put off to a later time, so that things which always fail never crowd out the others.
    """
    done = failed = 0
    for thing in things:
        if _is_done(partial(work, thing), job):
            done += 1
        else:
            count("ScheduledWorkFailed")
            _is_done(partial(put_off, thing), job)
            failed += 1
    logger.info("scheduled work", job=job, done=done, failed=failed)
    return {"done": done, "failed": failed}


def _is_done(work: Callable[[], None], job: str) -> bool:
    try:
        transactions.settled(work)
    except Exception:
        logger.exception("scheduled work failed", job=job)
        return False
    return True
