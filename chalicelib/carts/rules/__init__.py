"""What may be in a cart, and what must be known before it can be bought?"""

from chalicelib.carts.rules.changes import ChangeKind, LineChange, changes
from chalicelib.carts.rules.lines import (
    CartLine,
    CartStatus,
    Limits,
    Lines,
    demand_line,
    is_over,
    may_move,
    merged,
    sku_of,
    stored_bytes_of,
    subtotal_of,
    with_changed_line,
    with_line,
    without_line,
)
from chalicelib.carts.rules.preparing import Preparation, both, changed
from chalicelib.carts.rules.reviewing import Missing, Review

__all__ = [
    "CartLine",
    "CartStatus",
    "ChangeKind",
    "Limits",
    "LineChange",
    "Lines",
    "Missing",
    "Preparation",
    "Review",
    "both",
    "changed",
    "changes",
    "demand_line",
    "is_over",
    "may_move",
    "merged",
    "sku_of",
    "stored_bytes_of",
    "subtotal_of",
    "with_changed_line",
    "with_line",
    "without_line",
]
