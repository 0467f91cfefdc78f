"""How does the shop speak HTTP? Operations declared once, bound, guarded, answered and described."""

from chalicelib.core.http import paging
from chalicelib.core.http.access import Caller, anyone, customer, owner_of, public, seller, staff, vendor
from chalicelib.core.http.api import Api
from chalicelib.core.http.operation import FORM_TYPES, Answer, Elsewhere, Html, IfMatch, Keyed
from chalicelib.core.http.request import Request
from chalicelib.core.http.router import Router
from chalicelib.core.http.throttling import per_account, per_address

__all__ = [
    "FORM_TYPES",
    "Answer",
    "Api",
    "Caller",
    "Elsewhere",
    "Html",
    "IfMatch",
    "Keyed",
    "Request",
    "Router",
    "anyone",
    "customer",
    "owner_of",
    "paging",
    "per_account",
    "per_address",
    "public",
    "seller",
    "staff",
    "vendor",
]
