"""What if many want the same few things of the deployed shop, ten at a time? What each was told, and how soon."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.support.shopper import Shopper
from tests.support.waiting import eventually

AT_ONCE = 10
MAY_PAY = "awaiting_payment"
_DECIDED_SECONDS = 120


@dataclass
class Rush:
    """Many who come, what they were told, and who of them paid."""

    told: Counter[str] = field(default_factory=Counter)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    winners: list[Shopper] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def comes(self, people: int, come: Callable[[], None]) -> None:
        """Let so many people come; whoever is done makes room for the next."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda _: come(), range(people)))

    def may_pay(self, buyer: Shopper) -> bool:
        """Let a buyer check out, note what they are told and how soon, and say whether there is a page to pay on."""
        asked = time.monotonic()
        said = self._said_to(buyer)
        self.waited.append(time.monotonic() - asked)
        self.told[said] += 1
        return said == MAY_PAY

    def pays(self, buyer: Shopper) -> None:
        """Let a buyer pay who may."""
        buyer.gets_page().pays()
        self.winners.append(buyer)

    def __str__(self) -> str:
        said = ", ".join(f"{count} {said}" for said, count in sorted(self.told.items()))
        seconds = time.monotonic() - self.began
        return f"{said}; told within {max(self.waited):.1f} s, all over after {seconds:.0f} s"

    def _said_to(self, buyer: Shopper) -> str:
        answer = buyer.begins_checkout()
        if answer.status == 409:
            self.refusals.append(answer.json)
            return str(answer.json["code"])
        assert answer.status == 202, answer.text
        buyer.checkout_id = answer.json["id"]
        return eventually(lambda: _decided(buyer), _DECIDED_SECONDS, f"{buyer.checkout_id} is decided")


def _decided(buyer: Shopper) -> str | None:
    """Return how far a checkout is, once there is a page or a refusal."""
    checkout = buyer.checkout()
    status = str(checkout["status"])
    is_open = status in ("reserving", "closing") or (status == MAY_PAY and not checkout["payment"]["checkout_url"])
    return None if is_open else status
