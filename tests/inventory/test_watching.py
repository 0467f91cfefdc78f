"""Is somebody told when a SKU is low or out: once per crossing, whatever comes twice, late or at the same time?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.errors import PreconditionFailed
from chalicelib.core.storage.transactions import settled
from chalicelib.inventory import service as inventory
from chalicelib.inventory.errors import StockUnknown
from chalicelib.inventory.models import StockWatch
from chalicelib.inventory.rules import MovementKind
from tests.inventory.builders import COFFEE, GEDEO, a_line, announced_by_watch, judged, some_stock, the_row, units
from tests.support.account import Account
from tests.support.faults import failing
from tests.support.recorded_calls import recording

SKU = "COFFEE-250"


@pytest.fixture
def sku(aws: Account) -> str:
    """Ten units, of which five are few; judged so."""
    some_stock()
    judged(moved=10)
    return SKU


def moves(quantity: int) -> None:
    inventory.move(COFFEE, SKU, quantity, kind=MovementKind.ADJUSTMENT, by="usr_KEEPER")


def watch() -> tuple[str, int]:
    row = the_row(StockWatch)
    return row.level, row.version


def test_falling_to_the_threshold_is_announced_with_what_is_left(sku: str):
    moves(-5)

    judged(moved=-5)

    told = announced_by_watch()
    assert told is not None
    assert (told["type"], told["data"]) == (
        "stock.low",
        {"sku": SKU, "product_id": COFFEE, "vendor_id": GEDEO, "left": 5},
    )


def test_the_last_unit_is_announced_as_that_and_not_as_few(sku: str):
    moves(-10)

    judged(moved=-10)

    assert announced_by_watch()["type"] == "stock.out"


def test_falling_further_within_a_level_is_no_news(sku: str):
    moves(-5)
    judged(moved=-5)
    moves(-3)

    judged(moved=-3)

    assert watch() == ("low", 2)


def test_from_few_to_none_is_news_again(sku: str):
    moves(-5)
    judged(moved=-5)
    moves(-5)

    judged(moved=-5)

    assert (announced_by_watch()["type"], watch()) == ("stock.out", ("out", 3))


def test_rising_is_noted_and_told_to_nobody_and_arms_it_anew(sku: str):
    moves(-10)
    judged(moved=-10)
    moves(3)
    judged(moved=3)
    assert (announced_by_watch(), watch()) == (None, ("low", 3))
    moves(7)
    judged(moved=7)
    assert (announced_by_watch(), watch()) == (None, ("ok", 4))
    moves(-6)

    judged(moved=-6)

    assert (announced_by_watch()["type"], announced_by_watch()["data"]["left"]) == ("stock.low", 4)


def test_a_new_sku_that_begins_with_few_has_not_fallen(aws: Account):
    some_stock(units=3)

    judged(moved=3)

    assert (announced_by_watch(), watch()) == (None, ("low", 1))


def test_whoever_looks_first_when_it_has_fallen_already_tells(aws: Account):
    some_stock()
    moves(-8)

    judged(moved=-8)
    judged(moved=10)

    assert (announced_by_watch()["type"], watch()) == ("stock.low", ("low", 1))


def test_looking_again_costs_one_read_and_writes_nothing(aws: Account, sku: str):
    moves(-5)
    judged(moved=-5)

    with recording(aws.dynamodb) as calls:
        judged(moved=-5)

    assert calls.operations == ["BatchGetItem"]


def test_a_crossing_is_one_transaction(aws: Account, sku: str):
    moves(-5)

    with recording(aws.dynamodb) as calls:
        judged(moved=-5)

    assert calls.operations == ["BatchGetItem", "TransactWriteItems"]
    assert calls.write_units <= 4


def test_a_crossing_is_announced_once_by_many_at_once(sku: str):
    moves(-5)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: settled(lambda: judged(moved=-5)), range(16)))

    assert watch() == ("low", 2)


def test_who_judged_units_that_are_no_longer_there_judges_again(aws: Account, sku: str):
    moves(-5)

    with failing(
        aws.dynamodb, "TransactWriteItems", "ThrottlingException", before=lambda: settled(lambda: receives(aws))
    ):
        settled(lambda: judged(moved=-5))

    assert units() == (15, 15)
    assert watch() == ("ok", 1)


def receives(aws: Account) -> None:
    """Add units past the client whose calls fail."""
    key = {"pk": {"S": f"PRODUCT#{COFFEE}"}, "sk": {"S": f"STOCK#{SKU}#MAIN#0"}}
    aws.cloud.client("dynamodb").update_item(
        TableName="nexus",
        Key=key,
        UpdateExpression="ADD on_hand :n, available :n, changes :one",
        ExpressionAttributeValues={":n": {"N": "10"}, ":one": {"N": "1"}},
    )


def test_what_checkouts_hold_counts_as_there(sku: str):
    inventory.reserve("chk_1-1", [a_line(quantity=10)])

    judged(moved=-1)

    assert watch() == ("ok", 1)


def test_a_threshold_of_its_own_counts_instead_of_the_shops(sku: str):
    watched = inventory.set_low_at(COFFEE, SKU, 8, if_version=1)
    assert (watched.low_at, watched.is_own_threshold, watched.level, watched.version) == (8, True, "ok", 2)
    moves(-2)

    judged(moved=-2)

    assert announced_by_watch()["data"]["left"] == 8


def test_raising_the_threshold_over_what_is_there_announces_nothing(sku: str):
    inventory.set_low_at(COFFEE, SKU, 20, if_version=1)
    judged(moved=10)

    assert (announced_by_watch(), watch()) == (None, ("low", 2))


def test_a_fall_that_nobody_has_looked_at_is_announced_with_the_new_threshold(sku: str):
    moves(-6)

    inventory.set_low_at(COFFEE, SKU, 2, if_version=1)
    judged(moved=-6)

    assert (announced_by_watch()["type"], watch()) == ("stock.low", ("ok", 2))


def test_without_a_threshold_of_its_own_the_shops_counts_again(sku: str):
    inventory.set_low_at(COFFEE, SKU, 20, if_version=1)

    watched = inventory.set_low_at(COFFEE, SKU, None, if_version=2)

    assert (watched.low_at, watched.is_own_threshold, watched.level) == (5, False, "ok")


def test_a_threshold_is_changed_by_whoever_has_seen_the_present_one(sku: str):
    with pytest.raises(PreconditionFailed):
        inventory.set_low_at(COFFEE, SKU, 3, if_version=0)


def test_a_threshold_can_be_set_before_anything_has_moved(aws: Account):
    some_stock(units=0)
    assert inventory.watched_stock(COFFEE, SKU).version == 0

    watched = inventory.set_low_at(COFFEE, SKU, 3, if_version=0)

    assert (watched.low_at, watched.level, watched.version) == (3, "out", 1)


def test_a_vendor_sees_no_threshold_of_another(sku: str):
    with pytest.raises(StockUnknown):
        inventory.watched_stock(COFFEE, SKU, limited_to="ven_HARAR")
    with pytest.raises(StockUnknown):
        inventory.set_low_at(COFFEE, SKU, 3, if_version=1, limited_to="ven_HARAR")
    assert watch() == ("ok", 1)


def test_stock_is_read_with_its_threshold_by_one_call(aws: Account, sku: str):
    with recording(aws.dynamodb) as calls:
        inventory.watched_stock(COFFEE, SKU, limited_to=GEDEO)

    assert (calls.operations, calls.read_units) == (["BatchGetItem"], 2)
