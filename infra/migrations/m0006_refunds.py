"""Makes refunds of what used to be a list of money to pay back by hand.

Whether somebody has paid it back already is not written anywhere, so people decide about each.
"""

from chalicelib.core.money import Money
from chalicelib.core.storage import transactions
from chalicelib.core.storage.attributes import UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.shapes import Row
from chalicelib.core.storage.table import Item, find
from chalicelib.payments import service as payments
from chalicelib.payments import store
from chalicelib.payments.rules import RefundProblem, RefundReason
from infra.migrations.plan import Migration


class RefundDue(Item, discriminator="refund_due"):
    """Captured money that became no order, as it was listed once."""

    tx_ref = UnicodeAttribute()
    payment_id = UnicodeAttribute()
    amount = ValueAttribute[Money](Money)
    reason = UnicodeAttribute()


def as_refund(row: Row) -> bool:
    """Put a refund in the place of an entry; ``False`` if somebody has done so."""
    due = find(RefundDue, Key(row["pk"]["S"], row["sk"]["S"]))
    if due is None:
        return False
    attempt = store.find_attempt(due.tx_ref)
    if attempt is None:
        raise LookupError(f"there is no attempt {due.tx_ref}")
    with transactions.write() as work:
        payments.begin_refund(
            payments.get_payment(due.payment_id),
            attempt,
            amount=due.amount,
            reason=RefundReason(due.reason),
            problem=RefundProblem.LISTED_BEFORE,
        )
        work.delete(due, when=Item.pk.exists())
    return True


MIGRATION = Migration("m0006_refunds", kind=RefundDue, replacement=as_refund)
