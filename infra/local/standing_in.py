"""How does a program that stands in for a vendor start, serve and stop?"""

import signal
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from infra.local.courier import Courier
from infra.local.serving import Routes, Server


class StandIn(ABC):
    """A server, and a courier when the vendor calls the shop, on `url` while the `with` block lasts."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        public_url: str | None = None,
        courier: Courier[Any, Any] | None = None,
    ) -> None:
        self._public_url = public_url
        self._is_stopping = threading.Event()
        self._courier = courier
        self._server = Server(self._routes(), host=host, port=port)

    @property
    def url(self) -> str:
        return self._public_url or f"http://127.0.0.1:{self._server.port}"

    @property
    def greeting(self) -> str:
        """What a shell is told once it serves."""
        return self.url

    def start(self) -> None:
        if self._courier:
            self._courier.start()
        self._server.start()

    def stop(self) -> None:
        self._is_stopping.set()
        self._server.stop()
        if self._courier:
            self._courier.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @abstractmethod
    def _routes(self) -> Routes:
        """What it answers."""

    def _pause(self, seconds: float) -> None:
        self._is_stopping.wait(seconds)


def run(name: str, make: Callable[[], StandIn], *, port: int) -> int:
    """Serve until a signal says stop; what is in the way is told in one clear line."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    try:
        stand_in = make()
    except (OSError, ValueError) as error:
        print(f"{name}: {_told(error, port)}", file=sys.stderr)
        return 1
    with stand_in:
        print(f"{name}: {stand_in.greeting}", flush=True)
        stop.wait()
    return 0


def _told(error: Exception, port: int) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return f"port {port}: {error.strerror}" if isinstance(error, OSError) else str(error)
