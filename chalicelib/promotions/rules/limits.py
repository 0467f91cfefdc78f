"""How often may a coupon be used? What one purchase counts, and against which limits."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class HoldStatus(StrEnum):
    """Uses that a purchase took move once: from held to spent or to released."""

    HELD = "held"
    SPENT = "spent"
    RELEASED = "released"


class LimitKind(StrEnum):
    """What is limited: uses by everybody, of one code, or by one customer."""

    PROMOTION = "promotion"
    CODE = "code"
    CUSTOMER = "customer"


@dataclass(frozen=True)
class Limits:
    """How often a promotion may be used by all together and by each customer; ``None`` is without limit."""

    uses: int | None = None
    uses_per_customer: int | None = None


@dataclass(frozen=True)
class Claim:
    """One use of a limited promotion by a code: whether promotion and code count it, and how often each may."""

    promotion_id: str
    code: str
    is_counted: bool
    is_code_counted: bool
    uses_per_customer: int | None

    @property
    def is_limited(self) -> bool:
        """Tell whether anything is counted at all."""
        return self.is_counted or self.is_code_counted or self.uses_per_customer is not None


@dataclass(frozen=True)
class Claims:
    """The limited uses of one purchase, and who makes them. Plain data, to be frozen beside its quote."""

    uses: tuple[Claim, ...] = ()
    subjects: tuple[str, ...] = ()


def claims(uses: Iterable[Claim], subjects: Iterable[str]) -> Claims:
    """Return what a purchase counts; one without limited promotions counts nothing, and names nobody."""
    limited = tuple(each for each in uses if each.is_limited)
    return Claims(limited, tuple(dict.fromkeys(subjects)) if limited else ())
