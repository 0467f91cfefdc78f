"""Which moves may a payment and its attempts make, and does the money that came fit?"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from chalicelib.core.money import Money


class PaymentMethod(StrEnum):
    """How a checkout is paid."""

    CHAPA = "chapa"
    CASH_ON_DELIVERY = "cash_on_delivery"
    NOTHING_DUE = "nothing_due"  # a total of zero, whatever was chosen


class PaymentStatus(StrEnum):
    """One payment per checkout, whatever number of attempts it takes."""

    OPENING = "opening"
    OPEN = "open"
    AGREED = "agreed"  # to be paid on delivery, or nothing is due: it may become an order without money
    CLOSED = "closed"
    CAPTURED = "captured"
    USED = "used"  # it became an order
    TO_COLLECT = "to_collect"  # it became an order whose money comes on delivery
    COLLECTED = "collected"  # ... and has come
    REFUND_DUE = "refund_due"


# What may become an order.
COVERED = frozenset({PaymentStatus.CAPTURED, PaymentStatus.AGREED})
# What has become one.
ORDERED = frozenset({PaymentStatus.USED, PaymentStatus.TO_COLLECT, PaymentStatus.COLLECTED})
_MOVES: dict[PaymentStatus, frozenset[PaymentStatus]] = {
    PaymentStatus.OPENING: frozenset(
        {PaymentStatus.OPEN, PaymentStatus.AGREED, PaymentStatus.CLOSED, PaymentStatus.CAPTURED}
    ),
    PaymentStatus.OPEN: frozenset({PaymentStatus.CLOSED, PaymentStatus.CAPTURED}),
    PaymentStatus.AGREED: frozenset({PaymentStatus.USED, PaymentStatus.TO_COLLECT, PaymentStatus.CLOSED}),
    PaymentStatus.CLOSED: frozenset({PaymentStatus.CAPTURED}),
    PaymentStatus.CAPTURED: frozenset({PaymentStatus.USED, PaymentStatus.REFUND_DUE}),
    PaymentStatus.USED: frozenset(),
    PaymentStatus.TO_COLLECT: frozenset({PaymentStatus.COLLECTED}),
    PaymentStatus.COLLECTED: frozenset(),
    PaymentStatus.REFUND_DUE: frozenset(),
}


class AttemptStatus(StrEnum):
    """One payment page, or the try to get one."""

    CREATED = "created"  # stored before the provider was called; its page is the payment's, or its answer is lost
    REFUSED = "refused"
    ENDED = "ended"  # unpaid, and never again payable
    CAPTURED = "captured"
    MISMATCHED = "mismatched"  # paid, but not what was asked for
    SURPLUS = "surplus"  # paid, after another attempt of the same payment was


_ATTEMPT_MOVES: dict[AttemptStatus, frozenset[AttemptStatus]] = {
    AttemptStatus.CREATED: frozenset(AttemptStatus) - {AttemptStatus.CREATED},
    # Money on a page that was refused or given up is noticed all the same.
    AttemptStatus.REFUSED: frozenset({AttemptStatus.CAPTURED, AttemptStatus.MISMATCHED, AttemptStatus.SURPLUS}),
    AttemptStatus.ENDED: frozenset({AttemptStatus.CAPTURED, AttemptStatus.MISMATCHED, AttemptStatus.SURPLUS}),
    AttemptStatus.CAPTURED: frozenset(),
    AttemptStatus.MISMATCHED: frozenset(),
    AttemptStatus.SURPLUS: frozenset(),
}
# Its money has come, and has its fate.
PAID = frozenset({AttemptStatus.CAPTURED, AttemptStatus.MISMATCHED, AttemptStatus.SURPLUS})
# Nobody looks at it any more, unless the provider says that money came after all.
SETTLED = PAID | {AttemptStatus.REFUSED, AttemptStatus.ENDED}


class RefundReason(StrEnum):
    """Why captured money must go back."""

    NO_ORDER = "no_order"
    NOT_AS_ASKED = "not_as_asked"
    PAID_TWICE = "paid_twice"
    PAID_TOO_MUCH = "paid_too_much"  # the order stands, and only the difference goes back
    REVERSED = "reversed"  # the provider took it back itself, from an order or before there was one


class ReturnStatus(StrEnum):
    """What the shop's page is told when a shopper comes back from paying."""

    PAID = "paid"
    PENDING = "pending"
    CLOSED = "closed"


class RefundStatus(StrEnum):
    """How far money is on its way back."""

    REQUESTED = "requested"
    ASKED = "asked"  # the provider took it on; that it is done, it says days later
    DONE = "done"
    NEEDS_ATTENTION = "needs_attention"  # only a person can tell what is right now


_REFUND_MOVES: dict[RefundStatus, frozenset[RefundStatus]] = {
    RefundStatus.REQUESTED: frozenset({RefundStatus.ASKED, RefundStatus.DONE, RefundStatus.NEEDS_ATTENTION}),
    RefundStatus.ASKED: frozenset({RefundStatus.DONE, RefundStatus.NEEDS_ATTENTION}),
    RefundStatus.NEEDS_ATTENTION: frozenset({RefundStatus.REQUESTED, RefundStatus.DONE}),
    RefundStatus.DONE: frozenset(),
}
# Somebody of ours, not a person, has to do something about it.
UNSETTLED_REFUNDS = frozenset({RefundStatus.REQUESTED, RefundStatus.ASKED})


class RefundProof(StrEnum):
    """How the provider told that money is back."""

    NEWS = "news"  # a webhook with a genuine signature
    RECORD = "record"  # it verifies as refunded


class RefundProblem(StrEnum):
    """Why a person must look at a refund."""

    NOT_ASKED = "not_asked"  # whatever was tried, it did not come to asking
    REFUSED = "refused"  # the provider said no
    ANSWER_LOST = "answer_lost"  # asked, and nobody knows whether it was heard
    FAILED = "failed"  # taken on by the provider, which then said that it came to nothing
    NOT_CONFIRMED = "not_confirmed"  # taken on, and not done in time
    RECORD_UNCLEAR = "record_unclear"  # what the provider recorded of the payment is no ground to send money
    REVERSED = "reversed"  # the money has left already; what becomes of the goods is for people
    LISTED_BEFORE = "listed_before"  # from the time when people paid back by hand; it may have been


class ImpossibleMove(Exception):
    """A payment or a refund was about to move where it never may; that is a bug."""


def demand_move(status: str, to: PaymentStatus) -> None:
    """Raise ``ImpossibleMove`` unless a payment may move to that status."""
    if to not in _MOVES[PaymentStatus(status)]:
        raise ImpossibleMove(f"{status} to {to}")


def demand_attempt_move(status: str, to: AttemptStatus) -> None:
    """Raise ``ImpossibleMove`` unless an attempt may move to that status."""
    if to not in _ATTEMPT_MOVES[AttemptStatus(status)]:
        raise ImpossibleMove(f"{status} to {to}")


def demand_refund_move(status: str, to: RefundStatus) -> None:
    """Raise ``ImpossibleMove`` unless a refund may move to that status."""
    if to not in _REFUND_MOVES[RefundStatus(status)]:
        raise ImpossibleMove(f"{status} to {to}")


def asked_as(refund_id: str, number: int) -> str:
    """Return the reference under which the provider is asked for a refund: its id, then ``<id>-2`` and so on."""
    return refund_id if number == 1 else f"{refund_id}-{number}"


def refund_asked_as(reference: str) -> tuple[str, int]:
    """Return which refund a reference means, and which of its references that is."""
    refund_id, _, number = reference.rpartition("-")
    return (refund_id, int(number)) if refund_id and number.isdecimal() else (reference, 1)


def method_for(amount: Money, chosen: PaymentMethod) -> PaymentMethod:
    """Return how an amount is paid: as it was chosen, and not at all when nothing is due."""
    return chosen if amount.minor else PaymentMethod.NOTHING_DUE


def once_ordered(method: str) -> PaymentStatus:
    """Return where a payment goes when it becomes an order."""
    return PaymentStatus.TO_COLLECT if method == PaymentMethod.CASH_ON_DELIVERY else PaymentStatus.USED


def cash_limits(said: Iterable[str]) -> Mapping[str, int]:
    """Read the most that may be paid on delivery, by currency in minor units: ``ETB:500000``."""
    pairs = (each.partition(":") for each in said)
    return {currency.strip().upper(): int(limit) for currency, _, limit in pairs}


def takes_cash(amount: Money, *, country: str, city: str, limits: Mapping[str, int], places: Iterable[str]) -> bool:
    """Tell whether an amount may be paid on delivery there. A place is a country, or a city of one: ``ET:Adama``."""
    served = {place.casefold() for place in places}
    is_served = not served.isdisjoint({country.casefold(), f"{country}:{city.strip()}".casefold()})
    return is_served and amount.minor <= limits.get(amount.currency, -1)


def counted(paid: Money | None, charge: Money | None, *, asked: Money, has_charge: bool) -> Money | None:
    """Return how much of what was paid is the shop's: the provider's charge is not, where shoppers bear it.

    The charge is taken off only if enough is left, since not every record contains it.
    """
    if not has_charge or paid is None or charge is None or {paid.currency, charge.currency} != {asked.currency}:
        return paid
    without = paid - charge
    return without if without.minor >= asked.minor else paid


def fits(*, asked: Money, asked_ref: str, paid: Money | None, paid_ref: str, mode_matches: bool) -> bool:
    """Tell whether enough of the right money came, for the right reference, in the mode this shop runs in."""
    is_enough = paid is not None and paid.currency == asked.currency and paid.minor >= asked.minor
    return is_enough and paid_ref == asked_ref and mode_matches


def excess(*, asked: Money, paid: Money | None) -> Money | None:
    """Return what came beyond what was asked for, if anything did."""
    if paid is None or paid.currency != asked.currency or paid.minor <= asked.minor:
        return None
    return paid - asked


def told_on_return(status: str) -> ReturnStatus:
    """Return what the shop's page is told of a payment."""
    if status in COVERED | ORDERED:
        return ReturnStatus.PAID
    over = status in (PaymentStatus.CLOSED, PaymentStatus.REFUND_DUE)
    return ReturnStatus.CLOSED if over else ReturnStatus.PENDING


def is_at(url: str | None, origins: Iterable[str]) -> bool:
    """Tell whether an address lies at one of these origins: with the same scheme, host and port."""
    return url is not None and _origin(url) in {_origin(each) for each in origins}


def with_query(url: str, **added: str) -> str:
    """Return an address with these parameters, whatever it said of them before."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in added]
    return urlunsplit(parts._replace(query=urlencode([*kept, *added.items()])))


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower()


def pause_before_check(*, checks: int, first_seconds: int, longest_seconds: int) -> int:
    """Return the seconds before an open attempt is verified again: they double, up to the longest."""
    doublings = min(checks, longest_seconds.bit_length())
    return int(min(first_seconds * 2**doublings, longest_seconds))
