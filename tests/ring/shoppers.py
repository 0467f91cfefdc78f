"""Who buys, and what do they do at the till? Each is a sequence of moves, others come in between."""

import hmac
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from infra.local.chapa import payments
from infra.local.chapa.records import Transaction
from infra.local.chapa.switches import Switches
from infra.local.remembering import now
from tests.ring.coupons import FOR_NOTHING, LIMITED
from tests.ring.world import World
from tests.support.builders import RETURN_URL, a_draft
from tests.support.calling import Response


class Habit(StrEnum):
    """What somebody does about paying."""

    PAYS = "pays"
    DECLINES = "declines"
    NEVER_PAYS = "never pays"
    PAYS_LATE = "pays late"
    PAYS_CASH = "pays cash"
    PAYS_BY_COUPON = "pays by coupon"
    LEAVES_A_COUPON = "leaves a coupon"
    OWES_NOTHING = "owes nothing"
    GIVES_UP = "gives up"
    PAYS_TOO_MUCH = "pays too much"
    PAYS_UNHEARD = "pays unheard of"  # no webhook and no callback ever tells of it
    # These meet in the swarm; who pays too little is in the matrix, too.
    CLICKS_TWICE = "clicks twice"
    USES_TWO_TABS = "uses two tabs"
    CANCELS = "cancels"
    PAYS_AND_CANCELS = "pays and cancels"
    PAYS_TOO_LITTLE = "pays too little"
    COMES_BACK = "comes back"
    FORGES = "forges"


# `None`: as soon as possible; a number: so many seconds later; a question: when it is answered with yes.
Pause = float | Callable[[], bool] | None
Moves = Generator[Pause, None, Any]
ACTIVE = ("reserving", "awaiting_payment")
_FROM_THE_START = datetime.min.replace(tzinfo=UTC)
_LOOKS_AGAIN_SECONDS = 10
# What a provider is like that tells nobody anything.
DUMB = Switches(webhook_copies=0, no_callback=True)
# What forgers bring as a proof: a signature over nothing, that of a secret over itself, and a guessed password.
_FORGERIES = (
    {"x_chapa_signature": "0" * 64},
    {"chapa_signature": hmac.digest(b"hush", b"hush", "sha256").hex()},
    {"authorization": "Basic Y2hhcGE6Z3Vlc3NlZA=="},
)
# What somebody of such a habit always names.
_CODES = {Habit.PAYS_BY_COUPON: LIMITED, Habit.LEAVES_A_COUPON: LIMITED, Habit.OWES_NOTHING: FOR_NOTHING}


@dataclass
class Hand:
    """Makes one move after the other."""

    name: str
    world: World
    moves: Iterator[Pause]
    _next: Pause = None
    _from: datetime = _FROM_THE_START
    _is_done: bool = False

    def moves_from(self) -> datetime | None:
        """Say from when on the next move may be made; `None` while there is nothing to do."""
        if self._is_done or (callable(self._next) and not self._next()):
            return None
        return self._from

    def move(self) -> None:
        try:
            self._next = next(self.moves)
        except StopIteration:
            self._is_done = True
            return
        wait = self._next if isinstance(self._next, int | float) else 0
        self._from = self.world.clock.now() + timedelta(seconds=wait)


@dataclass
class Shopper:
    """Somebody with a cart, who plays against the API and the payment pages."""

    name: str
    world: World
    wants: Mapping[str, int]
    habit: Habit
    codes: Sequence[str] = ()
    cart_id: str = ""
    checkout_id: str = ""
    _token: str = ""

    @property
    def email(self) -> str:
        return f"{self.name}@example.com"

    def comes(self, *, after_seconds: float = 0) -> None:
        """Enter the world, at once or later."""
        self._does(self._buys(after_seconds))

    def is_over(self) -> bool:
        """Tell whether the last word about this purchase was said."""
        mine = [
            each for each in self.world.states.started.values() if each.input.get("checkout_id") == self.checkout_id
        ]
        return bool(mine) and all(each.status != "RUNNING" for each in mine)

    def _does(self, moves: Moves) -> None:
        self.world.actors.append(Hand(self.name, self.world, moves))

    def _buys(self, after_seconds: float) -> Moves:
        yield after_seconds
        yield from self._fills_a_cart()
        yield None
        key = uuid.uuid4().hex
        if self.habit is Habit.CLICKS_TWICE:
            self._does(self._begins(key))
        if self.habit is Habit.USES_TWO_TABS:
            self._does(self._begins(uuid.uuid4().hex))
        if (yield from self._begins(key)):
            yield from self._at_the_till()

    def _begins(self, key: str) -> Generator[Pause, None, bool]:
        """Begin a checkout, and say whether it is under way; who gives up does not know when the answer is lost."""
        draft = a_draft(self.cart_id, email=self.email, return_url=RETURN_URL)
        if self.habit is Habit.PAYS_CASH:
            draft["payment_method"] = "cash_on_delivery"
        if self.habit is Habit.GIVES_UP:
            begun = self._asked("POST", "/checkouts", draft, idempotency_key=key)
        else:
            begun = yield from self._asks("POST", "/checkouts", draft, idempotency_key=key)
        while begun and begun.status == 409 and begun.code == "price_changed":
            # A code that is used up takes nothing off; they buy all the same.
            draft["accepted_total"] = begun.json["total"]
            key = f"{key}-1"
            begun = yield from self._asks("POST", "/checkouts", draft, idempotency_key=key)
        if begun and begun.status == 202:
            self.checkout_id = str(begun.json["id"])
        return begun is not None and begun.status == 202

    def _at_the_till(self) -> Moves:
        if self.habit is Habit.CANCELS:
            return (yield from self._cancels())
        if self.habit is Habit.PAYS_AND_CANCELS:
            self._does(self._cancels())
        if self.habit is Habit.PAYS_CASH:
            return None
        page = yield from self._shown_page()
        if page is None or self.habit in (Habit.NEVER_PAYS, Habit.LEAVES_A_COUPON):
            return None
        if self.habit in (Habit.DECLINES, Habit.COMES_BACK):
            self._presses(page, "decline")
        elif self.habit is Habit.PAYS_LATE:
            yield self.is_over
            self._pays_anyway(page)
        elif self.habit is Habit.FORGES:
            yield from self._forges(page)
        else:
            self._presses(page, "pay")
        if self.habit is Habit.COMES_BACK:
            self.habit = Habit.PAYS
            yield self.is_over
            if (yield from self._begins(uuid.uuid4().hex)):
                yield from self._at_the_till()
        return None

    def _fills_a_cart(self) -> Moves:
        opened = yield from self._asks("POST", "/carts", {})
        self.cart_id, self._token = str(opened.json["id"]), str(opened.json["token"])
        for sku, quantity in self.wants.items():
            yield from self._asks("POST", f"/carts/{self.cart_id}/lines", {"sku": sku, "quantity": quantity})
        if codes := list(self.codes or _CODES.get(self.habit, ())):
            yield from self._asks("PATCH", f"/carts/{self.cart_id}", {"coupon_codes": codes})

    def _cancels(self) -> Moves:
        yield from self._asks("POST", f"/checkouts/{self.checkout_id}/cancellation", {})

    def _shown_page(self) -> Generator[Pause, None, Transaction | None]:
        """Look at the checkout until it shows a page; a page that it never showed is nobody's to pay on."""
        while True:
            yield lambda: bool(self._pages()) or self.is_over()
            shown = yield from self._asks("GET", f"/checkouts/{self.checkout_id}")
            url = str(shown.json["payment"]["checkout_url"])
            page = self.world.chapa.state.by_token(url.rpartition("/")[2])
            if page is not None or self.is_over() or shown.json["status"] not in ACTIVE:
                return page
            yield _LOOKS_AGAIN_SECONDS

    def _asks(self, method: str, path: str, body: Any = None, **headers: str) -> Generator[Pause, None, Response]:
        """Ask until an answer comes that is one; a key that is still claimed is asked with again."""
        while True:
            answer = self._asked(method, path, body, **headers)
            if answer is not None and answer.status < 500 and not _is_claimed(answer):
                return answer
            yield _LOOKS_AGAIN_SECONDS

    def _asked(self, method: str, path: str, body: Any, **headers: str) -> Response | None:
        signed = {"authorization": f"Bearer {self._token}"} if self._token else {}
        return self.world.api(method, path, body, **{**signed, **headers})

    def _pages(self) -> list[Transaction]:
        """Return the pages that were opened for this shopper, shown or not."""
        return [each for each in self.world.chapa.state.memory.transactions.values() if each.email == self.email]

    def _presses(self, page: Transaction, button: str) -> None:
        if self.habit is Habit.PAYS_UNHEARD:
            with self.world.chapa.state.changing() as memory:
                memory.switches.by_subject[page.tx_ref] = DUMB
        if page.closed_because(now()) is None:
            if self.habit is Habit.PAYS_TOO_LITTLE:
                page.amount = Decimal(1)
            elif self.habit is Habit.PAYS_TOO_MUCH:
                page.amount += Decimal("0.01")
        form = f"outcome={button}&method=telebirr&wallet=0900123456".encode()
        answer = self.world.chapa.press(f"/checkout/payment/{page.token}", form)
        self.world.plan.note(f"{self.name} presses {button}: {answer.status}")

    def _pays_anyway(self, page: Transaction) -> None:
        """Let money come through a page that is closed, as real money sometimes does."""
        with self.world.chapa.state.changing() as memory:
            if not page.was_captured:
                payments.pay(memory, page, method="telebirr", wallet=None, force=True)
        self.world.plan.note(f"{self.name} pays late")

    def _forges(self, page: Transaction) -> Moves:
        """Tell the shop of a payment that never was: with false proofs, and by the callback that has none."""
        said = {"event": "charge.success", "status": "success", "tx_ref": page.tx_ref, "reference": "CHforged"}
        for forgery in _FORGERIES:
            refused = yield from self._asks("POST", "/webhooks/chapa", said, **forgery)
            if refused.status < 400:
                self.world.wrongs.add(f"a forged webhook about {page.tx_ref} was taken: {', '.join(forgery)}")
        yield from self._asks("GET", f"/webhooks/chapa?trx_ref={page.tx_ref}&status=success")


def _is_claimed(answer: Response) -> bool:
    return answer.status == 409 and answer.code == "request_in_progress"
