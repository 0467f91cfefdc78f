"""Who buys, and what do they do at the till? Each is a sequence of moves, others come in between."""

import uuid
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from infra.local.chapa import payments
from infra.local.chapa.records import Transaction
from tests.ring.world import World
from tests.support.builders import RETURN_URL, a_draft
from tests.support.calling import Response


class Habit(StrEnum):
    """What somebody does once there is a page to pay on."""

    PAYS = "pays"
    DECLINES = "declines"
    NEVER_PAYS = "never pays"
    PAYS_LATE = "pays late"


# `None`: as soon as possible; a number: so many seconds later; a question: when it is answered with yes.
Pause = float | Callable[[], bool] | None
Moves = Generator[Pause, None, None]
_FROM_THE_START = datetime.min.replace(tzinfo=UTC)
ACTIVE = ("reserving", "awaiting_payment")


@dataclass
class Shopper:
    """Plays its moves against the API and the payment pages."""

    name: str
    world: World
    wants: Mapping[str, int]
    habit: Habit
    checkout_id: str | None = None
    seen: dict[str, Any] = field(default_factory=dict)
    _moves: Moves | None = None
    _next: Pause = None
    _from: datetime = _FROM_THE_START
    _is_gone: bool = False

    @property
    def email(self) -> str:
        return f"{self.name}@example.com"

    def moves_from(self) -> datetime | None:
        """Say from when on the next move may be made; `None` while there is nothing to do."""
        if self._is_gone:
            return None
        if callable(self._next):
            return self._from if self._next() else None
        return self._from

    def move(self) -> None:
        self._moves = self._moves or self._all_moves()
        try:
            self._next = next(self._moves)
        except StopIteration:
            self._is_gone = True
            return
        self._from = self.world.clock.now()
        if isinstance(self._next, int | float):
            self._from += timedelta(seconds=self._next)

    def _all_moves(self) -> Moves:
        cart_id = yield from self._fills_a_cart()
        yield None
        begun = yield from self._asks("POST", "/checkouts", self._draft(cart_id), idempotency_key=uuid.uuid4().hex)
        if begun.status != 202:
            return
        self.checkout_id = str(begun.json["id"])
        yield from self._at_the_till()

    def _at_the_till(self) -> Moves:
        page = yield from self._shown_page()
        if page is None:
            return
        match self.habit:
            case Habit.PAYS:
                self._presses(page, "pay")
            case Habit.DECLINES:
                self._presses(page, "decline")
            case Habit.PAYS_LATE:
                yield self.is_over
                self._pays_anyway(page)

    def _shown_page(self) -> Generator[Pause, None, Transaction | None]:
        """Look at the checkout until it shows a page; a page that it never showed is nobody's to pay on."""
        while True:
            yield lambda: bool(self.pages()) or self.is_over()
            shown = yield from self._asks("GET", f"/checkouts/{self.checkout_id}")
            url = str(shown.json["payment"]["checkout_url"])
            page = self.world.chapa.state.by_token(url.rpartition("/")[2])
            if page is not None or self.is_over() or shown.json["status"] not in ACTIVE:
                return page
            yield 10

    def _fills_a_cart(self) -> Generator[Pause, None, str]:
        opened = yield from self._asks("POST", "/carts", {})
        cart_id, token = str(opened.json["id"]), str(opened.json["token"])
        self.seen["authorization"] = f"Bearer {token}"
        for sku, quantity in self.wants.items():
            yield from self._asks("POST", f"/carts/{cart_id}/lines", {"sku": sku, "quantity": quantity})
        return cart_id

    def _asks(self, method: str, path: str, body: Any = None, **headers: str) -> Generator[Pause, None, Response]:
        """Ask until an answer comes that is one; a key that is still claimed is asked with again."""
        while True:
            answer = self.world.api(method, path, body, **self._signed(), **headers)
            if answer is not None and answer.status < 500 and not _is_claimed(answer):
                return answer
            yield 10

    def _signed(self) -> dict[str, str]:
        return {name: value for name, value in self.seen.items() if name == "authorization"}

    def _draft(self, cart_id: str) -> dict[str, Any]:
        return a_draft(cart_id, email=self.email, return_url=RETURN_URL)

    def pages(self) -> list[Transaction]:
        """Return the pages that were opened for this shopper, shown or not."""
        return [each for each in self.world.chapa.state.memory.transactions.values() if each.email == self.email]

    def is_over(self) -> bool:
        """Tell whether the last word about this purchase was said."""
        mine = [each for each in self.world.states.started.values() if each.input["checkout_id"] == self.checkout_id]
        return bool(mine) and all(each.status != "RUNNING" for each in mine)

    def _presses(self, page: Transaction, button: str) -> None:
        form = f"outcome={button}&method=telebirr&wallet=0900123456".encode()
        answer = self.world.chapa.press(f"/checkout/payment/{page.token}", form)
        self.world.plan.note(f"{self.name} presses {button}: {answer.status}")

    def _pays_anyway(self, page: Transaction) -> None:
        """Let money come through a page that is closed, as real money sometimes does."""
        with self.world.chapa.state.changing() as memory:
            if not page.was_captured:
                payments.pay(memory, page, method="telebirr", wallet=None, force=True)
        self.world.plan.note(f"{self.name} pays late")


def _is_claimed(answer: Response) -> bool:
    return answer.status == 409 and answer.code == "request_in_progress"
