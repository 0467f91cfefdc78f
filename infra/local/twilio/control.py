"""How does a test steer messages and look at them?"""

from collections.abc import Callable

from infra.local import steering
from infra.local.remembering import now
from infra.local.serving import Reply, Request, json_reply
from infra.local.steering import NotNow
from infra.local.twilio import callbacks
from infra.local.twilio.records import Change, Message, Status
from infra.local.twilio.state import Memory


class Control(steering.Control[Memory]):
    subject_name = "sid"
    subjects_name = "messages"

    def _own_views(self) -> list[tuple[str, str, Callable[[Request], Reply]]]:
        return [
            ("GET", "/messages", self._messages),
            ("GET", "/messages/{sid}", self._message),
            ("POST", "/messages/{sid}/{status}", self._push),
        ]

    def _messages(self, request: Request) -> Reply:
        with self._state.changed:
            newest_first = reversed(self._state.memory.messages.values())
            return json_reply(200, {"items": [message.model_dump(mode="json") for message in newest_first]})

    def _message(self, request: Request) -> Reply:
        with self._state.changed:
            return json_reply(200, _found(self._state.memory, request).model_dump(mode="json"))

    def _push(self, request: Request) -> Reply:
        """Let a message reach a status now, whatever was planned."""
        with self._state.changing() as memory:
            message = _found(memory, request)
            if request.params["status"] not in list(Status):
                raise LookupError(f"the statuses are {', '.join(Status)}")
            status = Status(request.params["status"])
            if message.status is status:
                raise NotNow(f"it is {status} already")
            message.upcoming = []
            callbacks.change(memory, message, Change(status=status, at=now()))
            return json_reply(200, message.model_dump(mode="json"))


def _found(memory: Memory, request: Request) -> Message:
    sid = request.params["sid"]
    if sid not in memory.messages:
        raise LookupError(f"no message {sid}")
    return memory.messages[sid]
