"""Do staff find in the deployed shop who did what, by subject, actor, kind and time, and does the chain hold?"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from chalicelib.core import clock
from infra.audit.reading import AuditTable
from infra.audit.verifying import verify
from tests.support.market import Market
from tests.support.shopper import Shopper
from tests.support.waiting import eventually

SOON_SECONDS = 30

Entry = dict[str, Any]
Search = Callable[..., list[Entry]]


@pytest.fixture
def search(market: Market) -> Search:
    """Search as an admin, through the gateway, page after page."""

    def found(limit: int = 20, **wanted: str) -> list[Entry]:
        entries: list[Entry] = []
        cursor: dict[str, str] = {}
        while True:
            query = urlencode({**wanted, **cursor, "limit": limit})
            page = market.staff.must("GET", f"/audit-entries?{query}")
            entries += page["items"]
            if page["next_cursor"] is None:
                return entries
            cursor = {"cursor": page["next_cursor"]}

    return found


def test_what_staff_did_to_a_product_is_found_with_before_and_after(market: Market, search: Search) -> None:
    goods = market.sells(units=3)
    market.reprices(goods, amount=31_000)

    def all_three() -> list[Entry]:
        found = search(subject=goods.product_id)
        return found if len(found) == 3 else []

    entries = eventually(all_three, SOON_SECONDS, "what was done to the product is in the audit trail")

    assert sorted(entry["kind"] for entry in entries) == ["change_product", "create_product", "move_stock"]
    (change,) = [entry for entry in entries if entry["kind"] == "change_product"]
    admin = market.staff.must("GET", "/users/me")["id"]
    assert (change["actor"], change["actor_kind"], change["outcome"]) == (admin, "admin", "done")
    assert change["request_id"]
    (price,) = [each for each in change["changes"] if each["field"] == f"variants[{goods.sku}]"]
    assert ('"minor":25000' in price["before"], '"minor":31000' in price["after"]) == (True, True)


def test_it_is_narrowed_by_actor_kind_and_time(market: Market, search: Search) -> None:
    before = clock.as_text(clock.now())
    goods = market.sells_many(3, units=1)
    admin, product = market.staff.must("GET", "/users/me")["id"], goods[0].product_id

    def moved(**wanted: str) -> list[Entry]:
        found = search(limit=2, kind="move_stock", subject=product, **wanted)
        return found if len(found) == 3 else []

    entries = eventually(moved, SOON_SECONDS, "three movements are in the audit trail")

    assert moved(actor=admin, since=before) == entries
    assert search(kind="move_stock", since=before, until=before) == []
    assert {entry["number"] for entry in entries} <= {entry["number"] for entry in search(actor=admin, since=before)}
    numbers = [entry["number"] for entry in search(since=before, limit=5)]
    assert numbers == sorted(numbers, reverse=True)
    assert {entry["number"] for entry in entries} <= set(numbers)


def test_whoever_was_turned_away_is_found_and_may_not_look(market: Market, search: Search) -> None:
    customer = Shopper.customer(market).api
    user_id = customer.must("GET", "/users/me")["id"]

    assert customer.get("/audit-entries").status == 403

    def refused() -> list[Entry]:
        return search(actor=user_id, kind="access.refused")

    (entry,) = eventually(refused, SOON_SECONDS, "the refusal is in the audit trail")
    assert (entry["outcome"], entry["parts"], entry["actor_kind"]) == ("refused", ["list_audit_entries"], "customer")


def test_the_chain_that_the_deployed_writer_made_holds(market: Market, search: Search) -> None:
    goods = market.sells(units=1)
    eventually(lambda: search(subject=goods.product_id), SOON_SECONDS, "something is in the audit trail")

    verdict = verify(AuditTable(market.shop.cloud, market.shop.outputs["AuditTableName"]))

    assert verdict.trouble is None
    assert verdict.head.number >= 2
