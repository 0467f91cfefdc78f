"""What do staff see of the stock, and what may they do?"""

import pytest

from functions.api.inventory import app
from tests.inventory.builders import COFFEE, ledger, some_stock, units
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

STOCK, MOVEMENTS = f"/products/{COFFEE}/stock", f"/products/{COFFEE}/stock_movements"


@pytest.fixture
def keeper(aws: Account) -> Client:
    """Return a client signed in as somebody who keeps the stock."""
    return Client(app).signed_with(token_for(permissions=["stock.manage"], user_id="usr_KEEPER"))


def test_the_stock_of_a_product_is_one_query(aws: Account, keeper: Client):
    some_stock("COFFEE-250", 10)
    some_stock("COFFEE-500", 0)
    keeper.get(STOCK)

    with recording(aws.dynamodb) as calls:
        answer = keeper.get(STOCK)

    assert answer.json["items"] == [
        {"sku": "COFFEE-250", "available": 10, "on_hand": 10},
        {"sku": "COFFEE-500", "available": 0, "on_hand": 0},
    ]
    assert calls.operations == ["Query"]


def test_a_product_without_stock_is_not_found(keeper: Client):
    answer = keeper.get("/products/prd_NONE/stock")

    assert (answer.status, answer.code) == (404, "stock_unknown")


def test_a_receipt_is_recorded_with_who_and_why(keeper: Client):
    some_stock(units=0)

    answer = keeper.post(MOVEMENTS, {"sku": "COFFEE-250", "kind": "receipt", "quantity": 24, "note": "lorry"})

    assert answer.status == 201
    assert answer.json["moved_by"] == "usr_KEEPER"
    assert (answer.json["kind"], answer.json["quantity"], answer.json["note"]) == ("receipt", 24, "lorry")
    assert units() == (24, 24)


def test_a_repeated_receipt_with_the_same_key_counts_once(keeper: Client):
    some_stock(units=0)
    receipt = {"sku": "COFFEE-250", "kind": "receipt", "quantity": 24}

    first = keeper.post(MOVEMENTS, receipt, idempotency_key="lorry-7")
    again = keeper.post(MOVEMENTS, receipt, idempotency_key="lorry-7")

    assert first.json == again.json
    assert ledger() == [("receipt", 24)]


def test_the_ledger_is_read_in_pages_newest_first(aws: Account, keeper: Client):
    some_stock(units=5)
    keeper.post(MOVEMENTS, {"sku": "COFFEE-250", "kind": "adjustment", "quantity": -2, "note": "torn"})

    with recording(aws.dynamodb) as calls:
        first = keeper.get(f"{MOVEMENTS}?limit=1").json
    second = keeper.get(f"{MOVEMENTS}?limit=1&cursor={first['next_cursor']}").json

    assert [(row["kind"], row["quantity"]) for row in first["items"]] == [("adjustment", -2)]
    assert [(row["kind"], row["quantity"]) for row in second["items"]] == [("receipt", 5)]
    assert calls.operations == ["Query"]


def test_an_adjustment_below_zero_is_refused(keeper: Client):
    some_stock(units=2)

    answer = keeper.post(MOVEMENTS, {"sku": "COFFEE-250", "kind": "adjustment", "quantity": -3})

    assert (answer.status, answer.code) == (409, "stock_below_zero")
    assert units() == (2, 2)


@pytest.mark.parametrize(
    ("kind", "quantity", "code"),
    [("receipt", -1, "greater_than_equal"), ("adjustment", 0, "moves_nothing"), ("sale", 1, "literal_error")],
)
def test_a_movement_that_makes_no_sense_is_malformed(keeper: Client, kind: str, quantity: int, code: str):
    answer = keeper.post(MOVEMENTS, {"sku": "COFFEE-250", "kind": kind, "quantity": quantity})

    assert answer.status == 422
    assert answer.json["errors"][0]["code"] == code


def test_stock_is_for_staff_who_keep_it(aws: Account):
    assert Client(app).get(STOCK).status == 401
    assert Client(app).signed_with(token_for(roles=["customer"])).get(STOCK).status == 403
    assert Client(app).signed_with(token_for(permissions=["catalog.manage"])).get(STOCK).status == 403


def test_refusals_are_told_in_amharic(keeper: Client):
    answer = keeper.get("/products/prd_NONE/stock", accept_language="am-ET")

    assert answer.json["title"] == "እንዲህ ያለ ክምችት የለም"
