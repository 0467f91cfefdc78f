"""Are counts that were broken by hand put right from ledger and reservations, and is all else left alone?"""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import pytest

from chalicelib.core import clock
from chalicelib.core.audit import AuditNote
from chalicelib.inventory import service as inventory
from chalicelib.inventory.models import Movement, Reservation, Stock, StockWatch
from chalicelib.inventory.service import StockLine
from chalicelib.orders.models import Order
from chalicelib.promotions.models import PromotionUses
from infra.books.checking import check
from infra.books.ledger import owner_of
from infra.books.reading import Row, read_table
from infra.books.repairing import MOVED, Mending, repair
from infra.clouds import embedded_cloud
from infra.template import read_template, table_definition
from tests.books import broken_promotions, broken_stock
from tests.books.a_shops_goods import COFFEE, DARK, GABI
from tests.books.breaking import Break
from tests.books.copy_of_table import TableCopy
from tests.support.account import TABLE, Account


def an_order_is_lost(table: TableCopy) -> None:
    reservation = next(each for each in table.all(Reservation) if each.status == "spent" and each.lines[0].sku == DARK)
    table.drop(table.one(Order, checkout_id=owner_of(reservation)[0]))


def less_was_promised_than_purchases_took(table: TableCopy) -> None:
    table.change(table.one(PromotionUses), limit=1, uses_left=1)


MENDED = {
    broken_stock.a_unit_went_without_a_movement: 1,
    broken_stock.a_unit_may_be_sold_twice: 1,
    broken_stock.a_released_reservation_gave_nothing_back: 1,
    broken_stock.a_sale_of_yesterday_is_not_booked: 0,
    broken_stock.nobody_is_told_that_few_are_left: 1,
    broken_promotions.a_released_use_of_a_promotion_did_not_come_back: 1,
    broken_promotions.a_code_may_be_used_once_more_than_staff_said: 1,
    broken_promotions.a_customer_who_has_used_a_coupon_may_use_it_again: 1,
}
LEFT = {
    broken_stock.a_receipt_is_lost: "less than nothing; count the goods",
    broken_stock.more_was_counted_away_than_there_is: "fewer are on hand than were sold",
    broken_stock.the_ledger_tells_of_a_sku_that_nobody_counts: "nobody counts it",
    broken_stock.few_are_said_to_be_left_of_what_nobody_counts: "nobody counts it",
    an_order_is_lost: "nothing was ordered",
    broken_promotions.what_counts_a_customers_uses_is_lost: "nobody counts it",
    less_was_promised_than_purchases_took: "more than the limit; raise it",
}
OPERATORS_TABLE = "books-repair"
UNBOOKED = 3  # orders whose event never arrives in this shop


@pytest.fixture
def table(filled) -> TableCopy:
    return TableCopy(filled.stored)


@pytest.fixture
def stored(filled, aws: Account) -> Callable[[TableCopy], None]:
    """Return how a copy of the table becomes the table of this test."""

    def put(copy: TableCopy) -> None:
        for row in copy.rows:
            aws.dynamodb.put_item(TableName=TABLE, Item=dict(row.raw))

    return put


def read(aws: Account) -> list[Row]:
    return read_table(aws.cloud, TABLE)


def repaired(aws: Account, *, is_dry: bool = False) -> list[Mending]:
    return list(repair(partial(read, aws), is_dry=is_dry))


def now(aws: Account) -> TableCopy:
    return TableCopy(row.raw for row in read(aws))


def trails(aws: Account) -> dict[str, list[str]]:
    """Return what operators changed, by what they did."""
    notes = [note.event["data"] for note in now(aws).all(AuditNote) if note.event]
    return {note["kind"]: note["changes"] for note in notes if note["actor_kind"] == "operator"}


@pytest.mark.parametrize("break_it", MENDED, ids=lambda each: each.__name__)
def test_what_contradicts_ledger_and_reservations_is_mended(aws, table, stored, break_it: Break):
    break_it(table)
    stored(table)

    done = repaired(aws)

    assert [each for each in done if each.left] == []
    assert check(read(aws), clock.now()) == []
    assert repaired(aws) == []


@pytest.mark.parametrize(("break_it", "mended"), MENDED.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_a_dry_run_says_what_would_be_done_and_writes_nothing(aws, table, stored, break_it: Break, mended: int):
    break_it(table)
    stored(table)
    before = [row.raw for row in read(aws)]

    told = repaired(aws, is_dry=True)

    assert (len(told), [each for each in told if each.left]) == (mended + UNBOOKED, [])
    assert [row.raw for row in read(aws)] == before
    assert [str(each) for each in repaired(aws)] == [str(each) for each in told]


@pytest.mark.parametrize(("break_it", "why"), LEFT.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_what_no_row_can_tell_is_left_to_people(aws, table, stored, break_it: Break, why: str):
    break_it(table)
    stored(table)

    left = [each for each in repaired(aws) if each.left]

    assert {each.left for each in left} == {why}
    assert [each for each in repaired(aws) if not each.left] == []


def test_the_audit_trail_keeps_the_numbers_and_the_ledger_gets_sales_only(aws, table, stored):
    broken_stock.a_unit_may_be_sold_twice(table)
    stored(table)
    stock, moved = table.one(Stock, sku=COFFEE), len(table.all(Movement))

    repaired(aws)

    assert any(f"{stock.available}" in change for change in trails(aws)["mend_stock"])
    after = now(aws).all(Movement)
    assert {
        row.cause for row in after if row.movement_id not in {each.movement_id for each in table.all(Movement)}
    } == {"sale"}
    assert len(after) > moved


def test_what_is_bought_while_it_is_mended_stays_bought(aws, table, stored):
    broken_stock.a_unit_may_be_sold_twice(table)
    stored(table)
    coffee, readings = table.one(Stock, sku=COFFEE), 0

    def read_while_somebody_buys() -> list[Row]:
        nonlocal readings
        readings += 1
        rows = read(aws)
        if readings == 2:
            inventory.reserve("chk_LATE-1", [StockLine(coffee.product_id, COFFEE, 3)])
        return rows

    first = next(repair(read_while_somebody_buys, is_dry=False))
    after = now(aws).one(Stock, sku=COFFEE)

    assert first.left == MOVED
    assert (after.on_hand, after.available) == (coffee.on_hand, coffee.available - 3)
    repaired(aws)
    assert now(aws).one(Stock, sku=COFFEE).available == coffee.available - 4


def test_a_purchase_that_the_first_reading_saw_by_half_is_no_trouble(aws, table, stored):
    stored(table)
    gabi = table.one(Stock, sku=GABI)
    torn = [row for row in table.rows if not isinstance(row.item, Reservation)]
    readings = iter([torn])

    done = list(repair(lambda: next(readings, None) or read(aws), is_dry=False))

    assert [each for each in done if each.key == gabi.key] == []
    assert now(aws).one(Stock, sku=GABI).available == gabi.available


def test_a_repair_that_was_cut_off_goes_on_where_it_stopped(aws, table, stored):
    broken_stock.a_unit_may_be_sold_twice(table)
    dark = table.one(Stock, sku=DARK)
    table.change(dark, on_hand=dark.on_hand + 7, available=dark.available + 7)
    stored(table)

    steps = repair(partial(read, aws), is_dry=False)
    next(steps)
    steps.close()
    repaired(aws)

    assert check(read(aws), clock.now()) == []


def test_a_level_that_is_mended_downwards_is_announced(aws, table, stored):
    broken_stock.nobody_is_told_that_few_are_left(table)
    stored(table)

    repaired(aws)

    watch = now(aws).one(StockWatch, sku=GABI)
    assert watch.event is not None
    assert (watch.level, watch.event["type"]) == ("low", "stock.low")


def an_operators_table(cloud_url: str, copy: TableCopy) -> None:
    """Put rows where an operator's command finds them: in the account of whoever runs a shop on this machine."""
    database = embedded_cloud(cloud_url).client("dynamodb")
    database.create_table(**table_definition(read_template(), OPERATORS_TABLE))
    for row in copy.rows:
        database.put_item(TableName=OPERATORS_TABLE, Item=dict(row.raw))


def command(cloud_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it on the table that ``an_operators_table`` made."""
    called = [sys.executable, "-m", "infra.books", "repair", "--table", OPERATORS_TABLE, *arguments]
    environment = {"CLOUD_PORT": str(urlsplit(cloud_url).port)}
    return subprocess.run(called, env=environment, capture_output=True, text=True, check=False)


def test_the_command_tells_what_it_does(table, embedded_cloud_url):
    broken_stock.a_unit_may_be_sold_twice(table)
    an_operators_table(embedded_cloud_url, table)

    dry, real, again = (command(embedded_cloud_url, *said) for said in (["--dry-run"], [], []))

    assert (dry.returncode, real.returncode, again.returncode) == (1, 0, 0), real.stderr + dry.stderr
    assert "would mend PRODUCT#" in dry.stdout
    assert dry.stdout.endswith(f"{OPERATORS_TABLE}: 4 to be mended, 0 left\n")
    assert real.stdout.endswith(f"{OPERATORS_TABLE}: 4 mended, 0 left\n")
    assert again.stdout == f"{OPERATORS_TABLE}: 0 mended, 0 left\n"
