"""What if uses were counted wrongly? They are counted anew from what purchases took, by an operator's command."""

from chalicelib.core import audit
from chalicelib.core.storage import transactions
from chalicelib.promotions.models import Coupon, CustomerUses, PromotionUses

Counter = PromotionUses | Coupon | CustomerUses


def mend(counter: Counter, *, taken: int) -> None:
    """Write how many uses are gone, provided that nothing has moved since ``counter`` was read.

    1 transaction with its audit note. Raises ``StaleItem`` if something has moved.
    """
    with transactions.write() as work:
        if isinstance(counter, CustomerUses):
            was, now = counter.uses, taken
            work.update(counter, [CustomerUses.uses.set(now)], when=CustomerUses.uses == was)
        else:
            kind = type(counter)
            was, now = counter.uses_left or 0, (counter.limit or 0) - taken
            unmoved = (kind.uses_left == was) & (kind.limit == counter.limit)
            work.update(counter, [kind.uses_left.set(now)], when=unmoved)
        audit.record("mend_uses", subject=counter.promotion_id, parts=[counter.pk], changes={"uses": (was, now)})
