"""What does the simulator remember besides its callbacks? Its messages."""

from pathlib import Path

from pydantic import Field

from infra.local import remembering
from infra.local.twilio.records import Delivery, Message, Settings
from infra.local.twilio.switches import SwitchBoard


class Memory(remembering.Memory):
    settings: Settings = Field(default_factory=Settings)
    switches: SwitchBoard = Field(default_factory=SwitchBoard)
    messages: dict[str, Message] = Field(default_factory=dict)
    deliveries: list[Delivery] = Field(default_factory=list)


class State(remembering.State[Memory]):
    def __init__(self, settings: Settings, file: Path | None = None) -> None:
        super().__init__(Memory, settings, file)

    def newest_first(self, *, to: str | None = None) -> list[Message]:
        """The messages, or those to one number."""
        with self.changed:
            return [message for message in reversed(self.memory.messages.values()) if to in (None, message.to)]
