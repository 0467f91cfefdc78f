"""How is a handler invoked in the ring? As a cloud would, which may lose the call or its answer, or make it twice."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar

import functions.api
from chalicelib.core.http import Api
from infra.local.faults.calls import Call
from infra.local.faults.fates import Decision, Fate
from infra.local.faults.plan import Plan
from infra.local.serving import Request
from tests.ring.ring import forget_memory
from tests.support.calling import Client, Response

T = TypeVar("T")
UNHEARD = (Fate.UNANSWERED, Fate.SILENT)


class Lost(Exception):
    """Whoever invoked something heard no answer; what it did is unknown."""


@dataclass
class Invoker:
    """Runs handlers under a plan; `surprises` are failures that no fault explains."""

    plan: Plan
    surprises: list[str] = field(default_factory=list)
    _apps: list[Api] = field(default_factory=list)
    _apps_in_use: int = 0
    _running: list[Callable[[], object]] = field(default_factory=list)

    def invoke(self, name: str, function: Callable[[], T]) -> T:
        """Run a handler and return its answer. Raises whatever it raises, or `Lost`."""
        with self.plan.invocation(name) as running:
            decision = self.decided("lambda", "Invoke")
            if not decision.fate.takes_effect:
                raise Lost(name)
            decision.before()
            self._running.append(lambda: self.attempt(name, function))
            try:
                result = function()
                if decision.fate is Fate.TWICE:
                    result = function()
            except Exception as failure:
                if not running.is_disturbed:
                    self.surprises.append(f"{name}: {type(failure).__name__}: {failure}")
                raise
            finally:
                self._running.pop()
                if running.is_dead:
                    forget_memory()
            decision.after()
            if running.is_dead or decision.fate in UNHEARD:
                raise Lost(name)
            return result

    def attempt(self, name: str, function: Callable[[], T]) -> T | None:
        """Run a handler whose failure somebody else will find out."""
        try:
            return self.invoke(name, function)
        except Exception as failure:
            self.plan.note(f"   {name}: {type(failure).__name__}: {failure}")
            return None

    def again(self) -> None:
        """Run what runs now once more, from beginning to end: whoever waited for it has given up, and tries again."""
        self._running[-1]()

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Response | None:
        """Call the API as the gateway does; `None` when no answer came."""
        route = "/".join("{id}" if "_" in part else part for part in path.partition("?")[0].split("/"))
        client = Client(self._app())
        self._apps_in_use += 1
        try:
            answer = self.attempt(f"{method} {route}", lambda: client.call(method, path, body, **headers))
        finally:
            self._apps_in_use -= 1
        self.plan.note(f"   {method} {route}: {answer.status if answer else 'no answer'}")
        return answer

    def decided(self, service: str, operation: str) -> Decision:
        """Return what becomes of a call that the cloud makes, not the shop."""
        return self.plan.decide(Call(service, operation, Request("POST", "/", {}, {}, b"")))

    def _app(self) -> Api:
        """Return an app of its own for a call in the middle of another: it keeps one current request."""
        while len(self._apps) <= self._apps_in_use:
            names = [module.name for module in iter_modules(functions.api.__path__) if module.name != "preflight"]
            routers = [import_module(f"functions.api.{name}").router for name in names]
            self._apps.append(Api("ring", *routers))
        return self._apps[self._apps_in_use]
