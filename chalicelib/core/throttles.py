"""Has somebody tried too often? One number per policy and subject, changed by conditions that only compare.

    if not throttles.take(Settings.codes_per_contact, contact).is_allowed: ...

A policy is a setting of the type ``rate``; its name is the policy's. An attempt is counted by one conditional
write when nothing is used up, and by two otherwise. Of callers who race for the last one, one gets it. If an
answer of DynamoDB is lost and the call is sent again, the attempt may count twice, never not at all. Callers
whose clocks differ let in as many more as the difference holds intervals.
"""

from dataclasses import dataclass

from chalicelib.core import clock, tokens
from chalicelib.core.errors import Busy, TooManyAttempts
from chalicelib.core.rates import Rate
from chalicelib.core.settings import Setting
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.attributes import Action, Condition, IntegerAttribute
from chalicelib.core.storage.table import Item

Policy = Setting[Rate]

_PURPOSE = "throttle"


class Throttle(Item, discriminator="throttle"):
    """How far one subject is ahead of what one policy allows (``core.rates``)."""

    arrival_ms = IntegerAttribute()


@dataclass(frozen=True)
class Verdict:
    """Whether an attempt may go on, how many are left, and in how many seconds there is one more."""

    policy: str
    is_allowed: bool
    left: int
    seconds_to_next: int


class _NotCounted(Exception):
    """The condition did not hold; the item now says what is stored."""


def take(policy: Policy, subject: str) -> Verdict:
    """Count an attempt of a subject, or tell that it is one too many: 1 conditional write, 2 at most.

    It counts at once and on its own, whatever becomes of the work around it. Raises ``Busy`` when so many write
    the same number that it cannot be told in time.
    """
    rate, now_ms = policy.value, clock.epoch_milliseconds()
    throttle = Throttle.at(keys.throttle(_digest_of(subject), policy_name(policy)))
    is_allowed = _begun(throttle, rate, now_ms) or _moved_on(throttle, rate, now_ms)
    return Verdict(
        policy=policy_name(policy),
        is_allowed=is_allowed,
        left=rate.left(throttle.arrival_ms, now_ms),
        seconds_to_next=rate.seconds_to_next(throttle.arrival_ms, now_ms),
    )


def demand(policy: Policy, subject: str) -> None:
    """Count an attempt of a subject. Raises ``TooManyAttempts`` or ``Busy``."""
    verdict = take(policy, subject)
    if not verdict.is_allowed:
        raise TooManyAttempts(policy=verdict.policy, retry_after_seconds=verdict.seconds_to_next)


def policy_name(policy: Policy) -> str:
    """Return the name under which a policy is stored and told."""
    return policy.name.lower()


def _begun(throttle: Throttle, rate: Rate, now_ms: int) -> bool:
    """Set the number where there is none, or one that is of the past; otherwise learn what it is."""
    begun = Throttle.arrival_ms.set(now_ms + rate.interval_ms)
    is_idle = Throttle.pk.does_not_exist() | (Throttle.arrival_ms <= now_ms)
    return _is_written(throttle, [*throttle.labels, begun, _expiry(rate, now_ms)], when=is_idle)


def _moved_on(throttle: Throttle, rate: Rate, now_ms: int) -> bool:
    """Move the number on by one interval, however far others have moved it meanwhile."""
    if rate.after_one_more(throttle.arrival_ms, now_ms) is None:
        return False
    moved_on = Throttle.arrival_ms.set(Throttle.arrival_ms + rate.interval_ms)
    is_in_time = Throttle.arrival_ms <= rate.latest_ms(now_ms)
    return _is_written(throttle, [moved_on, _expiry(rate, now_ms)], when=is_in_time)


def _expiry(rate: Rate, now_ms: int) -> Action:
    return Throttle.expires_at.set(rate.forgotten_at(now_ms))


def _is_written(throttle: Throttle, actions: list[Action], *, when: Condition) -> bool:
    try:
        with transactions.write_apart() as work:
            work.update(throttle, actions, when=when, refusal=_NotCounted())
    except _NotCounted:
        return False
    except transactions.WriteContended as contention:
        raise Busy() from contention
    return True


def _digest_of(subject: str) -> str:
    """Return what is stored of a subject: keyed, since addresses could be found by trying them all."""
    return tokens.digest(_PURPOSE, subject)
