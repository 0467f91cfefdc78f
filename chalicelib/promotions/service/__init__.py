"""What can be done with promotions? Take, give back and spend the uses of coupons."""

from chalicelib.promotions.rules import Claims
from chalicelib.promotions.service.counting import release, spend, take
from chalicelib.promotions.service.subjects import subjects_of

__all__ = ["Claims", "release", "spend", "subjects_of", "take"]
