"""Which way may a product go, and who may send it there? One table, which every change of a status asks."""

from collections.abc import Mapping
from enum import StrEnum

from chalicelib.catalog.errors import StatusChangeRefused
from chalicelib.catalog.rules.products import ProductStatus


class Mover(StrEnum):
    """Who moves a product."""

    VENDOR = "vendor"  # whoever sells for the vendor that it belongs to
    STAFF = "staff"  # with catalog.manage
    APPROVER = "approver"  # with catalog.approve, who decides about what waits for it


_ANY_SELLER = frozenset({Mover.VENDOR, Mover.STAFF})
_DRAFT, _IN_REVIEW, _ACTIVE, _INACTIVE, _DELETED = ProductStatus

# Every product begins as a draft, if only for the moment in which it is made.
MOVES: Mapping[tuple[ProductStatus, ProductStatus], frozenset[Mover]] = {
    (_DRAFT, _IN_REVIEW): _ANY_SELLER,
    (_DRAFT, _ACTIVE): frozenset({Mover.STAFF}),
    (_DRAFT, _DELETED): _ANY_SELLER,
    (_IN_REVIEW, _DRAFT): _ANY_SELLER | {Mover.APPROVER},
    (_IN_REVIEW, _ACTIVE): frozenset({Mover.STAFF, Mover.APPROVER}),
    (_IN_REVIEW, _DELETED): _ANY_SELLER,
    (_ACTIVE, _INACTIVE): _ANY_SELLER,
    (_ACTIVE, _DELETED): _ANY_SELLER,
    (_INACTIVE, _ACTIVE): _ANY_SELLER,
    (_INACTIVE, _DELETED): _ANY_SELLER,
}
APPROVED = frozenset({_ACTIVE, _INACTIVE})


def may_move(status: str, to: ProductStatus, *, by: Mover, is_unapproved: bool) -> bool:
    """Tell whether somebody may give a product that status; the one that it has is no move, unless it is gone.

    What a vendor told and nobody approved goes on sale by approval only, so ``is_unapproved`` stops other staff.
    """
    if status == to:
        return to is not _DELETED
    movers = MOVES.get((ProductStatus(status), to), frozenset[Mover]())
    if is_unapproved and to is _ACTIVE:
        movers &= {Mover.APPROVER}
    return by in movers


def demand_move(status: str, to: ProductStatus, *, by: Mover, is_unapproved: bool) -> None:
    """Raise ``StatusChangeRefused`` unless somebody may give a product that status."""
    if not may_move(status, to, by=by, is_unapproved=is_unapproved):
        raise StatusChangeRefused(product_status=str(status), wanted_status=str(to))


def stays_unapproved(*, is_unapproved: bool, by: Mover, status: str) -> bool:
    """Tell whether a product holds what nobody approved, after somebody changed it or sent it to another status.

    ``status`` is the one before. On an approved product a vendor's words are only proposed.
    """
    return is_unapproved or (by is Mover.VENDOR and status not in APPROVED)
