"""Is a request never taken for another one?"""

from tests.carts.builders import a_guest, a_variant, quantities
from tests.support.account import Account


def test_a_key_that_was_used_at_another_address_is_refused(aws: Account) -> None:
    a_variant("COFFEE-A")
    a_variant("COFFEE-B")
    guest, cart = a_guest()
    lines = [
        guest.post(f"{cart}/lines", {"sku": sku, "quantity": 1}).json["lines"][-1] for sku in ("COFFEE-A", "COFFEE-B")
    ]
    one, other = (line["id"] for line in lines)

    guest.patch(f"{cart}/lines/{one}", {"quantity": 5}, idempotency_key="k-1")
    answer = guest.patch(f"{cart}/lines/{other}", {"quantity": 5}, idempotency_key="k-1")

    assert (answer.status, answer.code) == (422, "idempotency_key_reused")
    assert quantities(guest.get(cart).json) == {"COFFEE-A": 5, "COFFEE-B": 1}
