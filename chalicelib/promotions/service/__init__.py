"""What can be done with promotions? Define them, give out codes, choose for a quote, and count uses."""

from chalicelib.promotions.rules import Candidates, Claims, Refused, why_not
from chalicelib.promotions.service.choosing import candidate_keys, candidates, claims_of
from chalicelib.promotions.service.counting import release, spend, take
from chalicelib.promotions.service.coupons import (
    add_coupon,
    batches_of,
    coupons_of_batch,
    coupons_of_promotion,
    make_page,
    order_batch,
)
from chalicelib.promotions.service.guessing import demand_few_codes
from chalicelib.promotions.service.mending import mend
from chalicelib.promotions.service.previewing import Preview, preview
from chalicelib.promotions.service.promoting import (
    KeptPromotion,
    all_promotions,
    change_promotion,
    create_promotion,
    end_promotion,
    get_promotion,
)
from chalicelib.promotions.service.subjects import subjects_of

__all__ = [
    "Candidates",
    "Claims",
    "KeptPromotion",
    "Preview",
    "Refused",
    "add_coupon",
    "all_promotions",
    "batches_of",
    "candidate_keys",
    "candidates",
    "change_promotion",
    "claims_of",
    "coupons_of_batch",
    "coupons_of_promotion",
    "create_promotion",
    "demand_few_codes",
    "end_promotion",
    "get_promotion",
    "make_page",
    "mend",
    "order_batch",
    "preview",
    "release",
    "spend",
    "subjects_of",
    "take",
    "why_not",
]
