"""How is a breakage declared? As a function that breaks a copy of the table, under the one invariant it breaks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.core import clock
from chalicelib.core.money import Money
from chalicelib.core.storage import keys, refund_keys
from chalicelib.payments.models import PaymentAttempt, Refund, RefundEntry
from tests.books.copy_of_table import TableCopy

Break = Callable[[TableCopy], None]
A_DAY_AGO = clock.as_text(clock.now() - timedelta(days=1))
A_SANTIM = Money(1, "ETB")


@dataclass(frozen=True)
class Breakage:
    """A way to break a table, and the invariant that it breaks: that one only, unless others must break with it."""

    invariant: str
    break_it: Break
    is_alone: bool = True

    @property
    def name(self) -> str:
        return f"{self.break_it.__name__.replace('_', ' ')} ({self.invariant})"


class Breakages(list[Breakage]):
    """All breakages of one part of the shop."""

    def of(self, invariant: str, *, is_alone: bool = True) -> Callable[[Break], Break]:
        """Declare a breakage of an invariant."""

        def declare(break_it: Break) -> Break:
            self.append(Breakage(invariant, break_it, is_alone))
            return break_it

        return declare


def forget_refund(table: TableCopy, refund: Refund) -> None:
    """Take a refund away as if nobody had ever begun it."""
    table.drop(refund)
    table.drop(table.at(RefundEntry, refund_keys.refund_entry(refund.refund_id)))
    attempt = table.at(PaymentAttempt, keys.payment_attempt(refund.tx_ref))
    table.change(attempt, refund_ids=[], refundable_minor=None)
