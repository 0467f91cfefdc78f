"""What does a vendor's stand-in remember, and how does that survive a restart?"""

import os
import tempfile
import threading
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from infra.local.switching import SwitchBoard

CALLS_KEPT = 1000

M = TypeVar("M", bound="Memory")


class Settings(BaseModel):
    """How patiently the vendor calls the shop."""

    model_config = ConfigDict(extra="forbid")

    seconds_between_tries: float = Field(default=600, ge=0)
    delivery_tries: int = Field(default=10, ge=1)
    give_up_after_seconds: float = Field(default=72 * 3600, ge=0)
    delivery_timeout_seconds: float = Field(default=10, gt=0)


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    HELD = "held"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class DeliveryTry(BaseModel):
    at: AwareDatetime
    url: str
    status: int | None = None
    error: str | None = None


class Delivery(BaseModel):
    """One call of the shop, with every try to make it."""

    id: str
    kind: str
    state: DeliveryState = DeliveryState.WAITING
    follows: str | None = None
    created_at: AwareDatetime
    next_try_at: AwareDatetime | None
    tries: list[DeliveryTry] = Field(default_factory=list)

    @property
    @abstractmethod
    def subject(self) -> str:
        """What the call is about."""


class ApiCall(BaseModel):
    """One call of the API by the shop, for tests that count calls."""

    at: AwareDatetime
    operation: str
    status: int | None
    fault: str | None = None


class Memory(BaseModel):
    """What every stand-in remembers; each adds its own."""

    settings: Settings
    switches: SwitchBoard[Any]
    deliveries: Sequence[Delivery]


class State(Generic[M]):
    """The memory behind one lock; whoever changes it wakes those who wait."""

    def __init__(self, kind: type[M], settings: Settings, file: Path | None = None) -> None:
        self._kind = kind
        self._file = file
        self._settings_at_start = settings
        self.changed = threading.Condition(threading.RLock())
        self.calls: list[ApiCall] = []
        self.memory = self._loaded() or self._fresh()

    @contextmanager
    def changing(self) -> Iterator[M]:
        """Hold the lock, then save and wake the waiting."""
        with self.changed:
            yield self.memory
            self._save()
            self.changed.notify_all()

    def log(self, call: ApiCall) -> None:
        with self.changed:
            self.calls = [*self.calls[-CALLS_KEPT + 1 :], call]

    def reset(self) -> None:
        """Forget everything; the settings are those of the start again."""
        with self.changing():
            self.memory = self._fresh()
            self.calls = []

    def _fresh(self) -> M:
        return self._kind.model_validate({"settings": self._settings_at_start.model_copy()})

    def _loaded(self) -> M | None:
        if self._file is None or not self._file.exists():
            return None
        memory = self._kind.model_validate_json(self._file.read_bytes())
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


def now() -> datetime:
    return datetime.now(UTC)
