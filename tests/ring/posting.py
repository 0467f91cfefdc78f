"""How do events travel in the ring? From the table's stream by the real publisher into letters, one per queue."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from infra.local.chapa import webhooks
from infra.local.chapa.records import Delivery, Secrets
from infra.local.remembering import DeliveryState
from tests.ring.blueprint import Queue, blueprint
from tests.ring.invoking import Invoker
from tests.ring.ring import Ring
from tests.support.account import CHAPA_WEBHOOK_PASSWORD, CHAPA_WEBHOOK_SECRET, CHAPA_WEBHOOK_USER

_AFTER_FAILURE_SECONDS = 30
_WEBHOOK_TRIES = 5
_KNOWN = Secrets(CHAPA_WEBHOOK_SECRET, CHAPA_WEBHOOK_USER, CHAPA_WEBHOOK_PASSWORD)


@dataclass
class Letter:
    """One message in one queue."""

    queue: Queue
    body: str
    visible_at: datetime
    receives: int = 0


@dataclass
class Post:
    """What is on its way, and how it arrives."""

    ring: Ring
    invoker: Invoker
    letters: list[Letter] = field(default_factory=list)
    dead_letters: list[Letter] = field(default_factory=list)
    _unpublished: list[dict[str, Any]] = field(default_factory=list)
    _seen: int = 0

    def has_records(self) -> bool:
        """Tell whether the table announced something that is not published yet.

        In the middle of an invocation its last call may still have its effect, and is looked at again.
        """
        log = self.invoker.plan.calls
        if any(each.call.service == "dynamodb" and not each.call.is_read for each in log[self._seen :]):
            self._unpublished += [each for each in self.ring.new_records() if _announces(each)]
        if not self.invoker.plan.is_under_way:
            self._seen = len(log)
        return bool(self._unpublished)

    def publish(self) -> None:
        """Give the publisher what the stream carried; a batch that failed comes again, maybe partly published."""
        batch = list(self._unpublished)
        if self.invoker.attempt("stream", lambda: blueprint().publish({"Records": batch}, None) or True):
            del self._unpublished[: len(batch)]

    def distribute(self, kind: str, message: str) -> None:
        """Put what was published into every queue whose filter lets it pass."""
        now = self.ring.clock.now()
        self.letters += [Letter(queue, message, now) for queue in blueprint().queues if kind in queue.types]

    def hand_over(self, letter: Letter) -> None:
        """Deliver a letter; one that failed comes again later, and at last lies among the dead."""
        letter.receives += 1
        record = {"messageId": str(id(letter)), "body": letter.body, "attributes": {}}
        name = f"queue {letter.queue.name}"
        answer = self.invoker.attempt(name, lambda: letter.queue.handler({"Records": [record]}, None))
        if answer is not None and not answer["batchItemFailures"]:
            self.letters.remove(letter)
        elif letter.receives >= letter.queue.receives:
            self.letters.remove(letter)
            self.dead_letters.append(letter)
        else:
            letter.visible_at = self.ring.clock.now() + timedelta(seconds=_AFTER_FAILURE_SECONDS)

    def redrive(self) -> None:
        """Do with dead letters what an operator does when the trouble is over: hand them over again."""
        for letter in self.dead_letters:
            letter.receives, letter.visible_at = 0, self.ring.clock.now()
        self.letters += self.dead_letters
        self.dead_letters.clear()

    def bring(self, delivery: Delivery) -> None:
        """Bring one of Chapa's webhooks or callbacks; what is not answered 200 comes again."""
        if delivery.kind == "callback":
            _, _, query = str(delivery.url).partition("?")
            answer = self.invoker.api(delivery.callback_method, f"/webhooks/chapa?{query}")
        else:
            headers = webhooks.proof_headers(delivery, _KNOWN)
            answer = self.invoker.api("POST", "/webhooks/chapa", delivery.body, **headers)
        delivery.tries.append(None)  # type: ignore[arg-type]
        if answer is not None and answer.status == 200:
            delivery.state = DeliveryState.DELIVERED
        elif len(delivery.tries) >= (1 if delivery.kind == "callback" else _WEBHOOK_TRIES):
            delivery.state = DeliveryState.GIVEN_UP


def _announces(record: dict[str, Any]) -> bool:
    return "event" in record["dynamodb"].get("NewImage", {})
