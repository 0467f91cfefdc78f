"""Where is the simulator's memory, and how does it survive a restart?"""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, Field

from infra.local.chapa.records import ApiCall, Delivery, DeliveryState, Settings, Transaction
from infra.local.chapa.switches import SwitchBoard

CALLS_KEPT = 1000


class Memory(BaseModel):
    settings: Settings = Field(default_factory=Settings)
    switches: SwitchBoard = Field(default_factory=SwitchBoard)
    transactions: dict[str, Transaction] = Field(default_factory=dict)
    deliveries: list[Delivery] = Field(default_factory=list)


class State:
    """The memory behind one lock; whoever changes it wakes those who wait."""

    def __init__(self, settings: Settings, file: Path | None = None) -> None:
        self._file = file
        self._settings_at_start = settings
        self.changed = threading.Condition(threading.RLock())
        self.calls: list[ApiCall] = []
        self.memory = self._loaded() or Memory(settings=settings.model_copy())

    @contextmanager
    def changing(self) -> Iterator[Memory]:
        """Hold the lock, then save and wake the waiting."""
        with self.changed:
            yield self.memory
            self._save()
            self.changed.notify_all()

    def log(self, call: ApiCall) -> None:
        with self.changed:
            self.calls = [*self.calls[-CALLS_KEPT + 1 :], call]

    def reset(self) -> None:
        """Forget every payment and every switch; the settings are those of the start again."""
        with self.changing():
            self.memory = Memory(settings=self._settings_at_start.model_copy())
            self.calls = []

    def by_token(self, token: str) -> Transaction | None:
        return next((t for t in self.memory.transactions.values() if t.token == token), None)

    def by_reference(self, reference: str) -> Transaction | None:
        return next((t for t in self.memory.transactions.values() if t.reference == reference), None)

    def _loaded(self) -> Memory | None:
        if self._file is None or not self._file.exists():
            return None
        memory = Memory.model_validate_json(self._file.read_bytes())
        given = self._settings_at_start.model_dump(include=self._settings_at_start.model_fields_set)
        memory.settings = memory.settings.model_copy(update=given)
        for delivery in memory.deliveries:
            if delivery.state is DeliveryState.SENDING:
                delivery.state = DeliveryState.WAITING
        return memory

    def _save(self) -> None:
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._file.parent, prefix=self._file.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(self.memory.model_dump_json())
        os.replace(name, self._file)
