"""How does a scheduled job go through its work? One thing after the other, while there is time for another.

What fails is put off and stops nobody else.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from chalicelib.core import clock
from chalicelib.core.observability import count, logger
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions

T = TypeVar("T")


def for_each(
    things: Iterable[T],
    work: Callable[[T], None],
    *,
    put_off: Callable[[T], None],
    due_at: Callable[[T], str | None],
    job: str,
    context: object = None,
    stops_at: tuple[type[Exception], ...] = (),
) -> dict[str, int]:
    """Do the work for each thing and say how many were done and how many failed.

    What fails is put off to a later time, so that things which always fail never crowd out the others. When time is up,
    or something makes it useless to go on, the rest stays due, and it is said for how many seconds it has been.
    How much time a function has, its Lambda context says; without one there is enough.
    """
    done = failed = 0
    for thing in things:
        if _is_time_up(context):
            return _ended_early(job, due_at(thing), done=done, failed=failed)
        try:
            transactions.settled(partial(work, thing))
            done += 1
        except stops_at:
            return _ended_early(job, due_at(thing), done=done, failed=failed)
        except Exception:
            logger.exception("scheduled work failed", job=job)
            count("ScheduledWorkFailed")
            _put_off(partial(put_off, thing), job)
            failed += 1
    logger.info("scheduled work", job=job, done=done, failed=failed)
    return {"done": done, "failed": failed}


def _is_time_up(context: object) -> bool:
    left = getattr(context, "get_remaining_time_in_millis", None)
    return left is not None and left() <= settings.schedule_spare_seconds * 1000


def _put_off(put_off: Callable[[], None], job: str) -> None:
    try:
        transactions.settled(put_off)
    except Exception:
        logger.exception("scheduled work not put off", job=job)


def _ended_early(job: str, due_at: str | None, *, done: int, failed: int) -> dict[str, int]:
    waited = clock.now() - clock.from_text(due_at) if due_at else timedelta()
    overdue = int(waited.total_seconds())
    logger.warning("scheduled work left", job=job, done=done, failed=failed, overdue_seconds=overdue)
    count("ScheduledWorkOverdue", overdue)
    return {"done": done, "failed": failed, "overdue_seconds": overdue}
