"""How does a test steer a vendor's stand-in and look inside? What is the same for each of them."""

import math
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from infra.local.remembering import Delivery, DeliveryState, Memory, State, now
from infra.local.serving import Reply, Request, Routes, json_reply

M = TypeVar("M", bound=Memory)
Shape = TypeVar("Shape", bound=BaseModel)
LONGEST_WAIT_SECONDS = 60.0


class NotNow(Exception):
    """What was asked for is known, but not possible as things are."""


class Control(Generic[M]):
    """Settings, switches, deliveries and calls under `/_simulator`; a vendor adds its own."""

    # What a subject is called in addresses, and how many of them are upcoming.
    subject_name = "subject"
    subjects_name = "subjects"

    def __init__(self, state: State[M]) -> None:
        self._state = state

    def add_to(self, routes: Routes) -> None:
        for method, path, view in (
            ("GET", "/settings", self._settings),
            ("PUT", "/settings", self._change_settings),
            ("GET", "/switches", self._switches),
            ("PUT", "/switches", self._set_everywhere),
            ("DELETE", "/switches", self._clear_switches),
            ("POST", "/switches/next", self._set_next),
            ("PUT", "/switches/{subject}", self._set_for_one),
            ("DELETE", "/switches/{subject}", self._clear_one),
            *self._own_views(),
            ("GET", "/deliveries", self._deliveries),
            ("POST", "/deliveries/{id}/send", self._send_again),
            ("GET", "/calls", self._calls),
            ("POST", "/reset", self._reset),
        ):
            routes.add(method, "/_simulator" + path, _explained(view))

    def _own_views(self) -> list[tuple[str, str, Callable[[Request], Reply]]]:
        return []

    def _settings(self, request: Request) -> Reply:
        return json_reply(200, self._state.memory.settings.model_dump(mode="json"))

    def _change_settings(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            document = request.json()
            given = document if isinstance(document, dict) else {"body": document}
            memory.settings = type(memory.settings).model_validate(memory.settings.model_dump() | given)
        return self._settings(request)

    def _switches(self, request: Request) -> Reply:
        with self._state.changed:
            return json_reply(200, self._state.memory.switches.model_dump(mode="json"))

    def _set_everywhere(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            memory.switches.everywhere = self._wanted(request.json())
        return self._switches(request)

    def _clear_switches(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            memory.switches = type(memory.switches).model_validate({})
        return self._switches(request)

    def _set_next(self, request: Request) -> Reply:
        document = request.json()
        if not isinstance(document, dict) or not set(document) <= {self.subjects_name, "switches"}:
            raise ValueError(f"wanted are {self.subjects_name} (1) and switches")
        count = document.get(self.subjects_name, 1)
        if not isinstance(count, int) or not 1 <= count <= 1000:
            raise ValueError(f"{self.subjects_name} is between 1 and 1000")
        with self._state.changing() as memory:
            memory.switches.upcoming += [self._wanted(document.get("switches")) for _ in range(count)]
        return self._switches(request)

    def _set_for_one(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            memory.switches.by_subject[request.params["subject"]] = self._wanted(request.json())
        return self._switches(request)

    def _clear_one(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            memory.switches.by_subject.pop(request.params["subject"], None)
        return self._switches(request)

    def _wanted(self, document: object) -> BaseModel:
        shape: type[BaseModel] = type(self._state.memory.switches.everywhere)
        return shape.model_validate(document)

    def _deliveries(self, request: Request) -> Reply:
        """Oldest first; `tries=n` waits until so many are made or `wait_seconds` are over."""
        wanted, subject = int(request.query.get("tries", 0)), request.query.get(self.subject_name)
        seconds = float(request.query.get("wait_seconds", 10))
        if not 0 <= seconds <= LONGEST_WAIT_SECONDS or math.isnan(seconds):
            raise ValueError(f"wait_seconds is at most {LONGEST_WAIT_SECONDS:g}")
        deadline = time.monotonic() + seconds
        with self._state.changed:
            while True:
                found = self._chosen(subject, request.query.get("kind"))
                left = deadline - time.monotonic()
                if sum(len(delivery.tries) for delivery in found) >= wanted or left <= 0:
                    return json_reply(200, {"items": [delivery.model_dump(mode="json") for delivery in found]})
                self._state.changed.wait(left)

    def _chosen(self, subject: str | None, kind: str | None) -> list[Delivery]:
        deliveries = self._state.memory.deliveries
        return [d for d in deliveries if subject in (None, d.subject) and kind in (None, d.kind)]

    def _send_again(self, request: Request) -> Reply:
        with self._state.changing() as memory:
            for delivery in memory.deliveries:
                if delivery.id == request.params["id"]:
                    delivery.state, delivery.next_try_at = DeliveryState.WAITING, now()
                    return json_reply(200, delivery.model_dump(mode="json"))
        raise LookupError(f"no delivery {request.params['id']}")

    def _calls(self, request: Request) -> Reply:
        with self._state.changed:
            return json_reply(200, {"items": [call.model_dump(mode="json") for call in self._state.calls]})

    def _reset(self, request: Request) -> Reply:
        self._state.reset()
        return self._settings(request)


def parsed(shape: type[Shape], request: Request) -> Shape:
    return shape.model_validate_json(request.body)


def _explained(view: Callable[[Request], Reply]) -> Callable[[Request], Reply]:
    """Turn a slip of the tester into a 4xx that says what was wrong."""

    def answer(request: Request) -> Reply:
        try:
            return view(request)
        except LookupError as error:
            return json_reply(404, {"message": str(error.args[0])})
        except NotNow as problem:
            return json_reply(409, {"message": str(problem)})
        except ValidationError as error:
            problems = [{"at": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors()]
            return json_reply(422, {"message": "not understood", "problems": problems})
        except ValueError as error:
            return json_reply(422, {"message": str(error)})

    return answer
