"""What does the simulator remember besides its deliveries? Its payments."""

from pathlib import Path

from pydantic import Field

from infra.local import remembering
from infra.local.chapa.records import Delivery, Settings, Transaction
from infra.local.chapa.switches import SwitchBoard


class Memory(remembering.Memory):
    settings: Settings = Field(default_factory=Settings)
    switches: SwitchBoard = Field(default_factory=SwitchBoard)
    transactions: dict[str, Transaction] = Field(default_factory=dict)
    deliveries: list[Delivery] = Field(default_factory=list)


class State(remembering.State[Memory]):
    def __init__(self, settings: Settings, file: Path | None = None) -> None:
        super().__init__(Memory, settings, file)

    def by_token(self, token: str) -> Transaction | None:
        return next((t for t in self.memory.transactions.values() if t.token == token), None)

    def by_reference(self, reference: str) -> Transaction | None:
        return next((t for t in self.memory.transactions.values() if t.reference == reference), None)
