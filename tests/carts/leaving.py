"""What does a test of reminders begin with? Somebody who said how to reach them, and left."""

from typing import Any

from chalicelib.carts import service as carts
from chalicelib.carts import store
from chalicelib.carts.models import Reminder, SentReminder
from chalicelib.carts.service import Purchased, readers
from chalicelib.core import clock
from chalicelib.core.storage import reminder_keys, transactions
from chalicelib.core.storage.table import partition
from tests.carts.builders import a_guest, put_in
from tests.catalog.timing import later
from tests.support.calling import Client

HANA = "hana@example.com"
HOUR = 3_600


def a_left_cart(email: str = HANA, **prepared: Any) -> tuple[Client, str]:
    """A guest with coffee in their cart and a mail address, and the cart's id."""
    guest, cart = a_guest()
    put_in(guest, cart, quantity=2)
    answer = guest.patch(cart, {"email": email, **prepared})
    assert answer.status == 200, answer.text
    return guest, cart.rpartition("/")[2]


def reminder_of(cart_id: str) -> Reminder:
    reminder = store.find_reminder(cart_id)
    assert reminder is not None
    return reminder


def looked(*, hours: float) -> dict[str, int]:
    """Let the schedule run so many hours from now."""
    with later(hours * HOUR):
        return carts.remind_due()


def announced(cart_id: str) -> list[dict[str, Any]]:
    """What was announced of a cart that was left, in order."""
    found = partition(reminder_keys.reminder_parts(cart_id), prefix="SENT#", consistent=True)
    return [each.event["data"] for each in found if isinstance(each, SentReminder) and each.event]


def link_of(cart_id: str) -> dict[str, str]:
    """What the link of a reminder sends."""
    return {"token": readers.recovery_token(cart_id)}


def opts_out(email: str) -> None:
    carts.opt_out(readers.opt_out_token(email))


def buys(owner_id: str, cart_id: str, *, minor: int = 80_500, hours: float = 0) -> Purchased:
    """An order is placed for a cart, and noticed."""
    with later(hours * HOUR):
        purchased = Purchased(f"ord_{cart_id}", minor, "ETB", clock.as_text(clock.now()))
        carts.note_purchase(owner_id, cart_id, purchased)
    return purchased


def is_converted(owner_id: str, cart_id: str) -> None:
    cart = carts.get(owner_id, cart_id)
    with transactions.write():
        carts.hold(cart, "chk_1")
    carts.convert(owner_id, cart_id, checkout_id="chk_1")
