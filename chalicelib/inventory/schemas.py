"""How does stock look on the wire?"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.core.wire import WHOLE, Draft, Sku, View
from chalicelib.inventory.rules import MovementKind

_MOST_UNITS = 1_000_000
_RECEIPT: Any = {"properties": {"kind": {"const": "receipt"}, "quantity": {"minimum": 1}}}
_ADJUSTMENT: Any = {"properties": {"kind": {"const": "adjustment"}}}


class StockMovementDraft(Draft):
    """Units that came (``receipt``), or a correction after counting (``adjustment``, negative when some are gone)."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [_RECEIPT, _ADJUSTMENT]})

    sku: Sku
    kind: Literal[MovementKind.RECEIPT, MovementKind.ADJUSTMENT]
    quantity: Annotated[int, Field(ge=-_MOST_UNITS, le=_MOST_UNITS, json_schema_extra={"not": {"const": 0}}), WHOLE]
    note: Annotated[str, Field(max_length=500)] = ""

    @field_validator("quantity")
    @classmethod
    def _moves_something(cls, quantity: int, info: ValidationInfo) -> int:
        if quantity == 0:
            raise PydanticCustomError("moves_nothing", "A movement moves at least one unit.")
        if quantity < 0 and info.data.get("kind") is MovementKind.RECEIPT:
            raise PydanticCustomError("greater_than_equal", "Use {ge} or more.", {"ge": 1})
        return quantity


class StockMovementView(View):
    """One row of the ledger."""

    id: str
    sku: str
    kind: MovementKind
    quantity: int
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
