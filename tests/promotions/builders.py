"""Which coupons do tests begin with, and what is left of them?"""

from typing import TypeVar

from chalicelib.core.storage import promotion_keys as keys
from chalicelib.core.storage import transactions
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item, find
from chalicelib.promotions.models import Coupon, CustomerUses, PromotionHold, PromotionUses
from chalicelib.promotions.rules import Claim, Claims

T = TypeVar("T", bound=Item)

MESKEREM, CODE = "prm_MESKEREM", "MESKEREM10"
HANA, HANAS_MAIL = "usr_HANA", "5f3a"


def counters(*, uses: int | None = None, code_uses: int | None = None, promotion_id: str = MESKEREM) -> None:
    """Write what counts the uses of a promotion and of its code."""
    with transactions.write() as work:
        code = code_of(promotion_id)
        coupon = Coupon.at(keys.coupon(code), code=code, promotion_id=promotion_id)
        coupon.limit = coupon.uses_left = code_uses
        work.create(coupon)
        if uses is not None:
            key = keys.promotion_uses(promotion_id)
            work.create(PromotionUses.at(key, promotion_id=promotion_id, limit=uses, uses_left=uses))


def code_of(promotion_id: str) -> str:
    """Return the code that leads to a promotion of these tests."""
    return CODE if promotion_id == MESKEREM else promotion_id.removeprefix("prm_")


def a_claim(
    *,
    is_counted: bool = False,
    is_code_counted: bool = False,
    uses_per_customer: int | None = None,
    promotion_id: str = MESKEREM,
    code: str = "",
) -> Claim:
    """Return one use of the coupon."""
    return Claim(promotion_id, code or code_of(promotion_id), is_counted, is_code_counted, uses_per_customer)


def some_claims(*claims: Claim, subjects: tuple[str, ...] = (HANA, HANAS_MAIL)) -> Claims:
    """Return what Hana's purchase counts."""
    return Claims(claims, subjects)


EVERYWHERE = some_claims(a_claim(is_counted=True, is_code_counted=True, uses_per_customer=1))


def uses_left(promotion_id: str = MESKEREM) -> int:
    """Return how many uses of the promotion are left."""
    return the(PromotionUses, keys.promotion_uses(promotion_id)).uses_left


def code_uses_left(code: str = CODE) -> int | None:
    """Return how many uses of the code are left."""
    return the(Coupon, keys.coupon(code)).uses_left


def used_by(subject: str, promotion_id: str = MESKEREM) -> int:
    """Return how often a customer has used the promotion."""
    found = find(CustomerUses, keys.customer_uses(subject, promotion_id))
    return found.uses if found else 0


def status_of(reservation_id: str) -> str:
    """Return what became of the uses that a reservation took."""
    return the(PromotionHold, keys.promotion_hold(reservation_id)).status


def the(kind: type[T], key: Key) -> T:
    """Return what must be there."""
    found = find(kind, key)
    assert found is not None
    return found
