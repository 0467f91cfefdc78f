"""What do staff see of the stock, and what may they do?"""

import pytest

from functions.api.inventory import app
from tests.inventory.builders import COFFEE, GEDEO, ledger, some_stock, units
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
    keeper.post(MOVEMENTS, {"sku": "COFFEE-250", "kind": "adjustment", "reason": "damage", "quantity": -2})

    with recording(aws.dynamodb) as calls:
        first = keeper.get(f"{MOVEMENTS}?limit=1").json
    second = keeper.get(f"{MOVEMENTS}?limit=1&cursor={first['next_cursor']}").json

    assert [(row["kind"], row["quantity"]) for row in first["items"]] == [("adjustment", -2)]
    assert [(row["kind"], row["quantity"]) for row in second["items"]] == [("receipt", 5)]
    assert calls.operations == ["Query"]


def test_an_adjustment_below_zero_is_refused(keeper: Client):
    some_stock(units=2)

    answer = keeper.post(MOVEMENTS, {"sku": "COFFEE-250", "kind": "adjustment", "reason": "count", "quantity": -3})

    assert (answer.status, answer.code) == (409, "stock_below_zero")
    assert units() == (2, 2)


@pytest.mark.parametrize(
    ("movement", "pointer", "code"),
    [
        ({"kind": "receipt", "quantity": -1}, "/quantity", "greater_than_equal"),
        ({"kind": "return", "quantity": -1, "order_id": "ord_01"}, "/quantity", "greater_than_equal"),
        ({"kind": "adjustment", "quantity": 0, "reason": "count"}, "/quantity", "moves_nothing"),
        ({"kind": "sale", "quantity": 1}, "/kind", "literal_error"),
        ({"kind": "adjustment", "quantity": 1}, "/reason", "missing"),
        ({"kind": "adjustment", "quantity": 1, "reason": "moths"}, "/reason", "enum"),
        ({"kind": "receipt", "quantity": 1, "reason": "found"}, "/reason", "extra_forbidden"),
        ({"kind": "adjustment", "quantity": 1, "reason": "other"}, "/note", "missing"),
        ({"kind": "adjustment", "quantity": 1, "reason": "other", "note": " "}, "/note", "missing"),
        ({"kind": "return", "quantity": 1}, "/order_id", "missing"),
        ({"kind": "return", "quantity": 1, "order_id": "yesterday's"}, "/order_id", "string_pattern_mismatch"),
        ({"kind": "receipt", "quantity": 1, "order_id": "ord_01"}, "/order_id", "extra_forbidden"),
    ],
)
def test_a_movement_that_makes_no_sense_is_malformed(
    keeper: Client, movement: dict[str, object], pointer: str, code: str
):
    answer = keeper.post(MOVEMENTS, {"sku": "COFFEE-250", **movement})

    assert answer.status == 422
    assert [(each["pointer"], each["code"]) for each in answer.json["errors"]] == [(pointer, code)]


def test_an_adjustment_tells_its_reason_and_a_return_its_order(keeper: Client):
    some_stock()

    torn = {"kind": "adjustment", "quantity": -1, "reason": "other", "note": "eaten by a goat"}
    lost = keeper.post(MOVEMENTS, {"sku": "COFFEE-250", **torn}).json
    back = keeper.post(MOVEMENTS, {"sku": "COFFEE-250", "kind": "return", "quantity": 2, "order_id": "ord_01"}).json

    assert (lost["reason"], lost["order_id"], lost["note"]) == ("other", None, "eaten by a goat")
    assert (back["reason"], back["order_id"], back["quantity"]) == (None, "ord_01", 2)
    assert units() == (11, 11)


def test_stock_is_for_staff_who_keep_it(aws: Account):
    assert Client(app).get(STOCK).status == 401
    assert Client(app).signed_with(token_for(roles=["customer"])).get(STOCK).status == 403
    assert Client(app).signed_with(token_for(permissions=["catalog.manage"])).get(STOCK).status == 403


def test_refusals_are_told_in_amharic(keeper: Client):
    answer = keeper.get("/products/prd_NONE/stock", accept_language="am-ET")

    assert answer.json["title"] == "እንዲህ ያለ ክምችት የለም"


@pytest.fixture
def weaver(aws: Account) -> Client:
    """Return a client signed in as a member of another vendor."""
    return Client(app).signed_with(token_for(roles=["customer", "vendor"], vendor_id="ven_WEAVERS"))


@pytest.fixture
def member(aws: Account) -> Client:
    """Return a client signed in as a member of the vendor that sells the coffee."""
    return Client(app).signed_with(token_for(roles=["customer", "vendor"], vendor_id=GEDEO, user_id="usr_MEMBER"))


def test_a_vendor_keeps_its_own_stock(member: Client):
    some_stock()

    moved = member.post(MOVEMENTS, {"sku": "COFFEE-250", "kind": "receipt", "quantity": 4})

    assert (moved.status, moved.json["moved_by"]) == (201, "usr_MEMBER")
    assert member.get(STOCK).json["items"] == [{"sku": "COFFEE-250", "available": 14, "on_hand": 14}]
    assert [row["quantity"] for row in member.get(MOVEMENTS).json["items"]] == [4, 10]


def test_another_vendors_stock_is_not_found(weaver: Client):
    some_stock()
    receipt = {"sku": "COFFEE-250", "kind": "receipt", "quantity": 4}

    answers = [
        weaver.get(STOCK),
        weaver.get(f"{STOCK}/COFFEE-250"),
        weaver.patch(f"{STOCK}/COFFEE-250", {"low_at": 3}, if_match='"0.a"'),
        weaver.get(MOVEMENTS),
        weaver.post(MOVEMENTS, receipt),
        weaver.post(MOVEMENTS, receipt, idempotency_key="lorry-7"),
    ]

    assert {(answer.status, answer.code) for answer in answers} == {(404, "stock_unknown")}
    assert units() == (10, 10)


def test_a_vendors_right_to_the_ledger_is_looked_up_before_it_is_read(aws: Account, weaver: Client):
    some_stock()
    weaver.get(STOCK)

    with recording(aws.dynamodb) as calls:
        weaver.get(MOVEMENTS)

    assert [call.params["ExpressionAttributeValues"][":0"] for call in calls.sent] == [{"S": f"PRODUCT#{COFFEE}"}]


def test_a_movement_of_staff_is_one_call_with_its_record(aws: Account, keeper: Client):
    some_stock()
    keeper.get(STOCK)

    with recording(aws.dynamodb) as calls:
        keeper.post(MOVEMENTS, {"sku": "COFFEE-250", "kind": "receipt", "quantity": 4})

    assert calls.operations == ["TransactWriteItems"]


def test_a_threshold_is_changed_by_who_has_seen_it(keeper: Client):
    some_stock()
    shown = keeper.get(f"{STOCK}/COFFEE-250")
    assert shown.json == {
        "sku": "COFFEE-250",
        "available": 10,
        "on_hand": 10,
        "low_at": 5,
        "is_own_threshold": False,
        "level": "ok",
    }

    changed = keeper.patch(f"{STOCK}/COFFEE-250", {"low_at": 12}, if_match=shown.headers["etag"])
    again = keeper.patch(f"{STOCK}/COFFEE-250", {"low_at": 3}, if_match=shown.headers["etag"])
    unseen = keeper.patch(f"{STOCK}/COFFEE-250", {"low_at": 3})

    assert (changed.status, changed.json["low_at"], changed.json["level"]) == (200, 12, "low")
    assert (again.status, unseen.status) == (412, 428)
    assert keeper.get(f"{STOCK}/COFFEE-250").json == changed.json


@pytest.mark.parametrize("threshold", [{}, {"low_at": -1}, {"low_at": "few"}, {"low_at": 1.5}, {"high_at": 9}])
def test_a_threshold_that_makes_no_sense_is_malformed(keeper: Client, threshold: dict[str, object]):
    some_stock()

    assert keeper.patch(f"{STOCK}/COFFEE-250", threshold, if_match='"0.a"').status == 422
