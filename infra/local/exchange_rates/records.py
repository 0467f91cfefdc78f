"""What does the publisher of rates remember, and what can be made to go wrong?"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import Field, JsonValue

from infra.local import remembering, switching

# What one birr is worth.
_RATES = {"ETB": 1.0, "USD": 0.0069, "EUR": 0.0059, "KES": 0.8925, "DJF": 1.2263, "GBP": 0.0052}


class Operation(StrEnum):
    LATEST = "latest"


class Switches(switching.Switches[Operation]):
    """``rates`` stand in the answer as they are given, sound or not; ``missing`` ones are left out."""

    rates: dict[str, JsonValue] = Field(default_factory=dict)
    missing: list[str] = Field(default_factory=list)
    published_seconds: JsonValue = None


class SwitchBoard(switching.SwitchBoard[Switches]):
    """A subject is the currency whose rates are asked for."""

    everywhere: Switches = Field(default_factory=Switches)


class Settings(remembering.Settings):
    """What each currency is worth, in units of whichever has 1."""

    rates: dict[str, float] = Field(default_factory=_RATES.copy)


class Memory(remembering.Memory):
    settings: Settings = Field(default_factory=Settings)
    switches: SwitchBoard = Field(default_factory=SwitchBoard)
    deliveries: Sequence[remembering.Delivery] = ()


class State(remembering.State[Memory]):
    def __init__(self, settings: Settings, file: Path | None = None) -> None:
        super().__init__(Memory, settings, file)
