"""How does stock look on the wire?"""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import ConfigDict, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.core.wire import NOT_BLANK, WHOLE, Draft, Sku, View
from chalicelib.inventory.rules import AdjustmentReason, MovementKind, StockLevel

G = TypeVar("G")

_MOST_UNITS = 1_000_000
_ABSENT: Any = {"type": "null"}
_SOME: Any = {"minimum": 1}


def _movement(kind: MovementKind, **members: Any) -> dict[str, Any]:
    """Describe what a movement of a kind must tell, and must not."""
    told = {"reason": _ABSENT, "order_id": _ABSENT, **members}
    required = [name for name, shape in told.items() if name not in ("quantity", "note") and shape is not _ABSENT]
    if "note" in members:
        required.append("note")
    return {"properties": {"kind": {"const": kind.value}, **told}, "required": required}


_PLAIN_REASONS = [each.value for each in AdjustmentReason if each is not AdjustmentReason.OTHER]
_MOVEMENTS: Any = [
    _movement(MovementKind.RECEIPT, quantity=_SOME),
    _movement(MovementKind.RETURN, quantity=_SOME, order_id={"type": "string"}),
    _movement(MovementKind.ADJUSTMENT, reason={"enum": _PLAIN_REASONS}),
    _movement(MovementKind.ADJUSTMENT, reason={"const": AdjustmentReason.OTHER.value}, note={"pattern": NOT_BLANK}),
]


class StockMovementDraft(Draft):
    """Units that came (``receipt``), that came back from an order (``return``), or that a count corrected.

    An ``adjustment`` gives its reason, and is negative when units are gone; ``other`` is explained by a note.
    """

    model_config = ConfigDict(json_schema_extra={"anyOf": _MOVEMENTS})

    sku: Sku
    kind: Literal[MovementKind.RECEIPT, MovementKind.ADJUSTMENT, MovementKind.RETURN]
    quantity: Annotated[int, Field(ge=-_MOST_UNITS, le=_MOST_UNITS, json_schema_extra={"not": {"const": 0}}), WHOLE]
    reason: Annotated[AdjustmentReason | None, Field(validate_default=True)] = None
    order_id: Annotated[
        Annotated[str, StringConstraints(pattern=r"^ord_[A-Za-z0-9-]{1,60}$")] | None, Field(validate_default=True)
    ] = None
    note: Annotated[str, Field(max_length=500, validate_default=True)] = ""

    @field_validator("quantity")
    @classmethod
    def _moves_something(cls, quantity: int, info: ValidationInfo) -> int:
        if quantity == 0:
            raise PydanticCustomError("moves_nothing", "A movement moves at least one unit.")
        if quantity < 0 and info.data.get("kind") in (MovementKind.RECEIPT, MovementKind.RETURN):
            raise PydanticCustomError("greater_than_equal", "Use {ge} or more.", {"ge": 1})
        return quantity

    @field_validator("reason")
    @classmethod
    def _is_adjusted_for_a_reason(
        cls, reason: AdjustmentReason | None, info: ValidationInfo
    ) -> AdjustmentReason | None:
        return _given_with(MovementKind.ADJUSTMENT, reason, info)

    @field_validator("order_id")
    @classmethod
    def _comes_back_from_an_order(cls, order_id: str | None, info: ValidationInfo) -> str | None:
        return _given_with(MovementKind.RETURN, order_id, info)

    @field_validator("note")
    @classmethod
    def _explains_what_has_no_name(cls, note: str, info: ValidationInfo) -> str:
        if info.data.get("reason") is AdjustmentReason.OTHER and not note.strip():
            raise PydanticCustomError("missing", "This is required.")
        return note


def _given_with(kind: MovementKind, given: G | None, info: ValidationInfo) -> G | None:
    """Demand what only movements of one kind have, and refuse it with any other."""
    is_of_kind = info.data.get("kind") is kind
    if "kind" in info.data and is_of_kind and given is None:
        raise PydanticCustomError("missing", "This is required.")
    if "kind" in info.data and not is_of_kind and given is not None:
        raise PydanticCustomError("extra_forbidden", "This is not known here.")
    return given


class StockMovementView(View):
    """One row of the ledger. ``order_id`` is told of sales and returns, ``reason`` of adjustments."""

    id: str
    sku: str
    kind: MovementKind
    quantity: int
    reason: AdjustmentReason | None
    order_id: str | None
    note: str
    moved_at: str
    moved_by: str


class StockView(View):
    """Units of one SKU: what may still be sold, and what lies in the shop."""

    sku: str
    available: int
    on_hand: int


class ProductStockView(View):
    """The stock of every SKU of a product."""

    items: list[StockView]
    next_cursor: None = None


class ThresholdChange(Draft):
    """At how many units a SKU counts as low; null is the shop's own threshold."""

    low_at: Annotated[int, Field(ge=0, le=_MOST_UNITS), WHOLE] | None


class WatchedStockView(StockView):
    """Units of one SKU, and how far it is down. ``is_own_threshold`` is false where the shop's own counts."""

    low_at: int
    is_own_threshold: bool
    level: StockLevel
