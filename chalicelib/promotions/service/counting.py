"""How are the uses of coupons taken for a checkout, given back, and spent?

A hold is one item; its state moves once, by condition, and it is written in the transaction that moves the counters.
Releasing writes the end state even when nothing was taken, and taking demands that nothing was written, so either may
come first or twice. Inside an open transaction all of it joins that one, and refusals come when it commits. Each
condition compares what is stored with one value, so that what is refused is used up: conflicts are only tried again.
"""

from collections.abc import Iterator

from chalicelib.core.storage import promotion_keys as keys
from chalicelib.core.storage import transactions
from chalicelib.core.storage.transactions import Work
from chalicelib.promotions import store
from chalicelib.promotions.errors import (
    CouponLimitReached,
    CouponUsedUp,
    UsesNotHeld,
    UsesReleased,
    UsesSpent,
    UsesTakenBefore,
)
from chalicelib.promotions.models import Coupon, CustomerUses, PromotionHold, PromotionUses
from chalicelib.promotions.rules import Claim, Claims, HoldStatus, LimitKind


def take(reservation_id: str, claims: Claims) -> None:
    """Take every use out of what is left, or none; without limited promotions nothing is written.

    1 put, and for each promotion up to 2 updates and 1 for each subject. Repeating it changes nothing. Raises
    ``CouponUsedUp`` or ``CouponLimitReached``, or ``UsesReleased`` when they were released before. Joined to an open
    transaction, whose commit raises, what was taken or released before is ``UsesTakenBefore``.
    """
    if not claims.uses:
        return
    held = _hold(reservation_id, HoldStatus.HELD, claims)
    try:
        with transactions.write() as work:
            work.create(held, refusal=UsesTakenBefore(reservation_id=reservation_id))
            for claim in claims.uses:
                _take(work, claim, claims.subjects)
    except UsesTakenBefore:
        _demand_not_released(reservation_id)


def release(reservation_id: str) -> None:
    """Give the uses back, once, and make sure that this reservation cannot take any more. Raises ``UsesSpent``."""
    hold = store.find_hold(reservation_id)
    if hold is None:
        with transactions.write() as work:
            work.create(_hold(reservation_id, HoldStatus.RELEASED, Claims()))
    elif hold.status == HoldStatus.HELD:
        _give_back(hold)
    elif hold.status == HoldStatus.SPENT:
        raise UsesSpent(reservation_id=reservation_id)


def spend(reservation_id: str) -> None:
    """Make held uses final: 1 read, and an entry for the transaction that places the order if uses were taken.

    Nothing was taken when there is no hold, since the units of a reservation and its uses are taken in one
    transaction. Raises ``UsesNotHeld`` when they are released or spent.
    """
    hold = store.find_hold(reservation_id)
    if hold is None:
        return
    with transactions.write() as work:
        work.update(
            hold,
            [PromotionHold.status.set(HoldStatus.SPENT)],
            when=PromotionHold.status == HoldStatus.HELD,
            refusal=UsesNotHeld(reservation_id=reservation_id),
        )


def _take(work: Work, claim: Claim, subjects: tuple[str, ...]) -> None:
    if claim.is_counted:
        work.update(
            _uses_of(claim),
            [PromotionUses.uses_left.set(PromotionUses.uses_left - 1)],
            when=PromotionUses.uses_left >= 1,
            refusal=CouponUsedUp(code=claim.code, limit=LimitKind.PROMOTION),
        )
    if claim.is_code_counted:
        work.update(
            _coupon_of(claim),
            [Coupon.uses_left.set(Coupon.uses_left - 1)],
            when=Coupon.uses_left >= 1,
            refusal=CouponUsedUp(code=claim.code, limit=LimitKind.CODE),
        )
    if claim.uses_per_customer is not None:
        for uses in _customer_uses(claim, subjects):
            told = [CustomerUses.promotion_id.set(uses.promotion_id), CustomerUses.subject.set(uses.subject)]
            work.update(
                uses,
                [*uses.labels, *told, CustomerUses.uses.add(1)],
                when=CustomerUses.pk.does_not_exist() | (CustomerUses.uses < claim.uses_per_customer),
                refusal=CouponLimitReached(code=claim.code, limit=LimitKind.CUSTOMER),
            )


def _give_back(hold: PromotionHold) -> None:
    with transactions.write() as work:
        work.update(
            hold,
            [PromotionHold.status.set(HoldStatus.RELEASED)],
            when=PromotionHold.status == HoldStatus.HELD,
        )
        for claim in hold.claims.uses:
            if claim.is_counted:
                back = PromotionUses.uses_left.set(PromotionUses.uses_left + 1)
                work.update(_uses_of(claim), [back], when=PromotionUses.pk.exists())
            if claim.is_code_counted:
                work.update(
                    _coupon_of(claim), [Coupon.uses_left.set(Coupon.uses_left + 1)], when=Coupon.uses_left.exists()
                )
            if claim.uses_per_customer is not None:
                for uses in _customer_uses(claim, hold.claims.subjects):
                    work.update(uses, [CustomerUses.uses.add(-1)], when=CustomerUses.uses >= 1)


def _demand_not_released(reservation_id: str) -> None:
    hold = store.find_hold(reservation_id)
    if hold is not None and hold.status == HoldStatus.RELEASED:
        raise UsesReleased(reservation_id=reservation_id)


def _hold(reservation_id: str, status: HoldStatus, claims: Claims) -> PromotionHold:
    key = keys.promotion_hold(reservation_id)
    return PromotionHold.at(key, reservation_id=reservation_id, status=status, claims=claims)


def _uses_of(claim: Claim) -> PromotionUses:
    return PromotionUses.at(keys.promotion_uses(claim.promotion_id), promotion_id=claim.promotion_id)


def _coupon_of(claim: Claim) -> Coupon:
    return Coupon.at(keys.coupon(claim.code), code=claim.code, promotion_id=claim.promotion_id)


def _customer_uses(claim: Claim, subjects: tuple[str, ...]) -> Iterator[CustomerUses]:
    for subject in subjects:
        yield CustomerUses.at(
            keys.customer_uses(subject, claim.promotion_id), promotion_id=claim.promotion_id, subject=subject
        )
