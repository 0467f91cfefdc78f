"""How much is the cloud while a test runs? The most processes and memory that it ever had, with all its handlers."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_LOOKS_EACH_SECONDS = 0.5
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass
class Load:
    """The most that the cloud ever was, with all its handlers."""

    processes: int = 0
    memory_mb: int = 0

    def note(self, pids: set[int]) -> None:
        """Look at some processes."""
        self.processes = max(self.processes, len(pids))
        self.memory_mb = max(self.memory_mb, sum(map(_resident_kb, pids)) // 1024)

    def __str__(self) -> str:
        return f"{self.processes} processes, {self.memory_mb} MB at most" if self.processes else "not measured"


@contextmanager
def watched(pid: int) -> Iterator[Load]:
    """Look at a process and all below it, again and again."""
    load = Load()
    with _each(_LOOKS_EACH_SECONDS, lambda: load.note(_family(pid))):
        yield load


@contextmanager
def _each(seconds: float, look: Callable[[], None]) -> Iterator[None]:
    ended = threading.Event()

    def go_on_looking() -> None:
        while not ended.wait(seconds):
            look()

    watcher = threading.Thread(target=go_on_looking, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def _family(pid: int) -> set[int]:
    """Return a process and all below it."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    family, found = {pid}, True
    while found:
        below = {child for child, parent in parents.items() if parent in family} - family
        family |= below
        found = bool(below)
    return family


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _resident_kb(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_KB
    except OSError:
        return 0
