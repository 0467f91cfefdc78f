"""Does docs/permissions.md say what every operation declares, and would a difference be noticed?"""

from dataclasses import replace

import pytest

from app import app
from chalicelib import VERSION
from chalicelib.core.http.openapi import document
from tests.permissions.asking import builders
from tests.permissions.page import PAGE, Declared, Row, declared_in, differences, rows_of

OPERATIONS = declared_in(document(app.operations, version=VERSION))
STAFF = Declared("move_stock", "inventory", "POST", "/stock", "staff", "stock.manage", "")
OWNER = Declared("read_cart", "carts", "GET", "/carts/{cart_id}", "owner(cart)", "", "")
VENDOR = Declared("list_vendor_orders", "orders", "GET", "/vendor/orders", "vendor", "", "")


def row_of(operation: Declared, *lets_in: str) -> Row:
    return Row(operation.id, operation.door, operation.permission, operation.checks, frozenset(lets_in))


def compared(operation: Declared, row: Row) -> list[str]:
    return differences({row.operation: row}, [operation])


def test_the_page_says_what_every_operation_declares() -> None:
    assert differences(rows_of(PAGE.read_text()), OPERATIONS) == []


def test_every_operation_can_be_asked_validly_and_nothing_else_is() -> None:
    assert sorted(builders()) == sorted(operation.id for operation in OPERATIONS)


def test_a_row_that_says_the_same_is_fine() -> None:
    assert compared(STAFF, row_of(STAFF, "staff with", "admin")) == []
    assert compared(OWNER, row_of(OWNER, "customer")) == []
    assert compared(VENDOR, row_of(VENDOR, "vendor")) == []


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"door": "public", "permission": ""}, "move_stock: declares door 'public', its row says 'staff'"),
        ({"door": "vendor"}, "move_stock: declares door 'vendor', its row says 'staff'"),
        ({"permission": "x.y"}, "move_stock: declares permission 'x.y', its row says 'stock.manage'"),
        ({"checks": "fresh"}, "move_stock: declares checks 'fresh', its row says ''"),
    ],
)
def test_a_declaration_that_changes_is_noticed(changed: dict[str, str], complaint: str) -> None:
    assert complaint in compared(replace(STAFF, **changed), row_of(STAFF, "staff with", "admin"))


@pytest.mark.parametrize(
    ("operation", "lets_in", "complaint"),
    [
        (STAFF, ("staff with", "admin", "vendor"), "lets in vendor, whom the door staff never does"),
        (STAFF, ("admin",), "keeps out ['staff with'], whom the door lets in"),
        (OWNER, ("customer", "other customer"), "lets in other customer, whom the door owner(cart) never does"),
        (VENDOR, ("vendor", "customer"), "lets in customer, whom the door vendor never does"),
        (VENDOR, (), "lets in nobody"),
    ],
)
def test_marks_that_cannot_be_are_noticed(operation: Declared, lets_in: tuple[str, ...], complaint: str) -> None:
    assert compared(operation, row_of(operation, *lets_in)) == [f"{operation.id}: its row {complaint}"]


def test_an_operation_without_a_row_is_told_which_to_add() -> None:
    (said,) = differences({}, [OWNER])

    assert said.startswith("read_cart: has no row in docs/permissions.md")
    assert said.endswith("| `read_cart` | owner(cart) |  |  | - | yes | - | - | - | - | - | - |")


def test_a_row_without_an_operation_and_an_unknown_door_are_noticed() -> None:
    unknown = replace(STAFF, door="courier")

    assert differences({"gone": row_of(STAFF, "admin")}, []) == ["gone: has a row, but there is no such operation"]
    assert "does not know whom the door courier can let in" in differences({}, [unknown])[0]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("| other customer |", "| another customer |", "no table has the columns"),
        ("| - | yes |", "| - | maybe |", "neither yes nor -"),
        ("| - | yes |", "| - |", "needs a mark for each"),
        ("`read_order`", "`read_cart`", "read_cart has two rows"),
    ],
)
def test_a_page_that_cannot_be_read_is_an_error(old: str, new: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        rows_of(PAGE.read_text().replace(old, new))
