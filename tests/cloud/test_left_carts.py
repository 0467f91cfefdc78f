"""Is somebody who walks away from the deployed shop reminded, led back, counted, and left in peace when they say so?"""

from typing import Any

from chalicelib.core import clock
from infra.local.mailbox.letters import Letter
from tests.support.market import Market
from tests.support.shopper import Shopper
from tests.support.waiting import eventually

SUBJECT = "Your cart is waiting for you"
SOON_SECONDS = 60
REMINDERS = 3


def test_a_guest_who_walks_away_is_reminded_comes_back_by_the_link_and_buys(market: Market) -> None:
    before = recoveries(market)
    guest = leaving(market)
    (letter, *_) = reminders_to(market, guest, at_least=1)
    assert "Coffee" in letter.text

    restored = market.api.must("POST", "/cart_recoveries", {"token": behind(letter, "/carts/recover#")})
    assert restored["id"] == guest.cart_id
    there = Shopper(market, market.api.signed_with(restored["token"]), guest.email, restored["id"])
    there.goes_to_pay().pays()
    total = there.gets_order()["totals"]["total"]["amount"]

    def is_counted() -> bool:
        now = recoveries(market)
        return (
            now["recovered"] > before["recovered"] and now["revenue"]["amount"] >= before["revenue"]["amount"] + total
        )

    eventually(is_counted, SOON_SECONDS, "the order counts as a recovery")
    answer = market.api.post("/cart_recoveries", {"token": behind(letter, "/carts/recover#")})
    assert (answer.status, answer.json["code"], answer.json["cart_status"]) == (409, "cart_closed", "converted")


def test_whoever_opts_out_by_the_link_gets_no_further_reminder(market: Market) -> None:
    talkative, quiet = leaving(market), leaving(market)
    (letter, *_) = reminders_to(market, quiet, at_least=1)
    answer = market.api.post(f"/cart_reminder_opt_outs/{behind(letter, '/carts/reminders/stop#')}")
    assert (answer.status, answer.json) == (200, {"opted_out": True})
    had = len(letters(market, quiet))

    assert len(reminders_to(market, talkative, at_least=REMINDERS)) == REMINDERS

    assert had <= len(letters(market, quiet)) <= had + 1 < REMINDERS + 1
    assert len(letters(market, talkative)) == REMINDERS


def leaving(market: Market) -> Shopper:
    """A guest with coffee in their cart, who says how to reach them and goes."""
    guest = Shopper.guest(market).takes(market.sells(units=1))
    guest.api.must("PATCH", f"/carts/{guest.cart_id}", {"email": guest.email})
    return guest


def reminders_to(market: Market, guest: Shopper, *, at_least: int) -> list[Letter]:
    """Let the schedule run until so many reminders have come."""

    def found() -> list[Letter] | None:
        market.reminds()
        there = letters(market, guest)
        return there if len(there) >= at_least else None

    return eventually(found, SOON_SECONDS, f"{at_least} reminders to {guest.email}")


def letters(market: Market, guest: Shopper) -> list[Letter]:
    return [each for each in market.letters_to(guest.email) if each.subject == SUBJECT]


def behind(letter: Letter, start: str) -> str:
    (token,) = {link.partition("#")[2] for link in letter.links if start in link}
    return token


def recoveries(market: Market) -> dict[str, Any]:
    """What was counted this month in birr."""
    items = market.staff.must("GET", f"/cart_recoveries?month={clock.now():%Y-%m}")["items"]
    nothing = {"sent": 0, "recovered": 0, "revenue": {"amount": 0}}
    return next((each for each in items if each["currency"] == "ETB"), nothing)
