"""Is every use of a coupon counted once, and held or spent by somebody? Is what everybody gets what staff wrote?"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from chalicelib.checkout.models import FrozenQuote
from chalicelib.core import clock
from chalicelib.core.storage import keys as stock_keys
from chalicelib.core.storage import promotion_keys as keys
from chalicelib.core.storage.key import Key
from chalicelib.inventory.models import Reservation
from chalicelib.inventory.rules import ReservationStatus
from chalicelib.promotions.models import (
    AutomaticPromotions,
    Coupon,
    CouponBatch,
    CustomerUses,
    Promotion,
    PromotionHold,
    PromotionUses,
)
from chalicelib.promotions.rules import Claims, HoldStatus, PromotionStatus
from infra.books.ledger import Books, Troubles, owner_of


def uses_are_what_purchases_took(books: Books) -> Troubles:
    """What is gone of each limit, of promotion, code or customer, is what purchases hold or have spent."""
    gone = _gone(books)
    for key, taken in wrongly_counted(books).items():
        if key in gone:
            yield key, f"{gone[key]} uses are gone, purchases took {taken}"
        else:
            yield key, f"purchases took {taken}, and nobody counts them"


def wrongly_counted(books: Books) -> dict[Key, int]:
    """Return what purchases took of each counter that says otherwise."""
    taken, gone = _taken(books), _gone(books)
    return {key: taken[key] for key in sorted(taken.keys() | gone.keys()) if gone.get(key) != taken[key]}


def no_limit_is_overdrawn(books: Books) -> Troubles:
    """Nothing less than nothing is left or used, and no customer uses more than any of their purchases allows."""
    for each in _limited(books):
        if (each.uses_left or 0) < 0:
            yield each.key, f"{each.uses_left} uses are left"
    for customer in books.all(CustomerUses):
        if customer.uses < 0:
            yield customer.key, f"used {customer.uses} times"
    for key, most in _most_of_customers(books).items():
        if len(most) > max(most):
            yield key, f"{len(most)} purchases use it, each customer may {max(most)} times"


def uses_go_with_their_units(books: Books) -> Troubles:
    """Uses are held, spent or given back as the stock is that was reserved with them, for the same checkout."""
    for hold in books.all(PromotionHold):
        reservation = books.find(Reservation, stock_keys.reservation(hold.reservation_id))
        status = reservation.status if reservation else ReservationStatus.RELEASED
        if hold.status != status:
            yield hold.key, f"{hold.status}, but the stock reserved with it is {status if reservation else 'not there'}"


def purchases_use_what_their_quotes_count(books: Books) -> Troubles:
    """What is held or spent by a purchase is what its quote counts: no use less, and none that took nothing off."""
    for reservation in books.all(Reservation):
        checkout_id, _ = owner_of(reservation)
        checkout = books.checkouts.get(checkout_id)
        if reservation.status == ReservationStatus.RELEASED or checkout is None:
            continue
        hold = books.find(PromotionHold, keys.promotion_hold(reservation.pk.partition("#")[2]))
        if hold is not None and hold.status == HoldStatus.RELEASED:
            continue
        frozen = books.find(FrozenQuote, stock_keys.checkout_quote(checkout.owner, checkout_id))
        used = hold.claims if hold else Claims()
        if frozen is not None and used != frozen.claims:
            yield reservation.key, f"uses {_codes(used)}, its quote counts {_codes(frozen.claims)}"
    for hold in books.all(PromotionHold):
        for order in books.orders.get(hold.reservation_id.rpartition("-")[0], []):
            applied = {(each.promotion_id, each.code) for each in order.quote.applied}
            spent = hold.claims.uses if hold.status == HoldStatus.SPENT else ()
            if vain := [each.code for each in spent if (each.promotion_id, each.code) not in applied]:
                yield order.key, f"{vain} took nothing off, and are spent"


def automatic_promotions_are_listed(books: Books) -> Troubles:
    """The one item that quotes read holds every automatic promotion that is not over, as staff wrote it."""
    place = keys.automatic_promotions()
    listed = books.find(AutomaticPromotions, place)
    found = {each.id: each for each in listed.promotions} if listed else {}
    written = {each.promotion_id: each.terms for each in books.all(Promotion) if _is_automatic(each)}
    now = clock.as_text(books.now)
    for promotion_id in found.keys() | written.keys():
        terms = written.get(promotion_id)
        if terms is None:
            yield place, f"lists {promotion_id}, which is no automatic promotion, or has ended"
        elif promotion_id not in found:
            if terms.ends_at is None or terms.ends_at > now:
                yield place, f"lacks {promotion_id}"
        elif found[promotion_id] != terms:
            yield place, f"tells something else of {promotion_id}"


def coupons_lead_to_promotions(books: Books) -> Troubles:
    """A code belongs to a promotion that has codes, and a batch has as many as it says."""
    promotions = {each.promotion_id: each for each in books.all(Promotion)}
    made: Counter[str | None] = Counter(each.batch_id for each in books.all(Coupon))
    for coupon in books.all(Coupon):
        promotion = promotions.get(coupon.promotion_id)
        if promotion is None or promotion.is_automatic:
            yield coupon.key, f"leads to {coupon.promotion_id}, which has no codes"
    for batch in books.all(CouponBatch):
        if batch.made != made[batch.batch_id] or batch.made > batch.wanted:
            yield batch.key, f"{batch.made} of {batch.wanted} codes are made, there are {made[batch.batch_id]}"


def _is_automatic(promotion: Promotion) -> bool:
    return promotion.is_automatic and promotion.status == PromotionStatus.ACTIVE


def _limited(books: Books) -> list[PromotionUses | Coupon]:
    return [*books.all(PromotionUses), *books.all(Coupon)]


def _gone(books: Books) -> dict[Key, int]:
    """Return how many uses are gone by each counter."""
    limited = _limited(books)
    gone = {each.key: each.limit - (each.uses_left or 0) for each in limited if each.limit is not None}
    return gone | {each.key: each.uses for each in books.all(CustomerUses)}


def _taken(books: Books) -> Counter[Key]:
    """Return how many uses purchases hold or have spent of each counter."""
    holds = [each for each in books.all(PromotionHold) if each.status != HoldStatus.RELEASED]
    return Counter(key for hold in holds for key in _counters_of(hold))


def _most_of_customers(books: Books) -> dict[Key, list[int]]:
    """Return how often a customer could use a promotion when each purchase took it, by counter.

    Staff may have changed that since; who took last had at least all others' uses before them.
    """
    most: dict[Key, list[int]] = defaultdict(list)
    for hold in books.all(PromotionHold):
        for claim in hold.claims.uses if hold.status != HoldStatus.RELEASED else ():
            if claim.uses_per_customer is not None:
                for subject in hold.claims.subjects:
                    most[keys.customer_uses(subject, claim.promotion_id)].append(claim.uses_per_customer)
    return most


def _codes(claims: Claims) -> list[str]:
    return [each.code for each in claims.uses]


def _counters_of(hold: PromotionHold) -> Iterator[Key]:
    for claim in hold.claims.uses:
        if claim.is_counted:
            yield keys.promotion_uses(claim.promotion_id)
        if claim.is_code_counted:
            yield keys.coupon(claim.code)
        if claim.uses_per_customer is not None:
            for subject in hold.claims.subjects:
                yield keys.customer_uses(subject, claim.promotion_id)
