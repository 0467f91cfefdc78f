"""Does the matrix turn red when an operation lets in whom it should not? It is run against shops with a wrong door."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app import app
from chalicelib import VERSION
from chalicelib.core.errors import Busy, Conflict, Forbidden, Malformed, Refusal
from chalicelib.core.http import Api, Caller, Router, customer, public, staff
from chalicelib.core.http.openapi import document
from chalicelib.core.http.operation import Operation
from chalicelib.inventory import service as inventory
from tests.permissions import asking
from tests.permissions.asking import Ask
from tests.permissions.matrix import Matrix
from tests.permissions.page import CALLERS, PAGE, declared_in, rows_of
from tests.permissions.stage import Stage, part_of
from tests.permissions.table import LEFT_BY_REFUSALS, changed
from tests.support.account import TABLE, fresh_account
from tests.support.cloud import Shop
from tests.support.market import Market, open_market, working_on
from tests.support.people import Person
from tests.support.serving import serving
from tests.support.wire import Api as CalledApi

OPERATIONS = {operation.id: operation for operation in app.operations}
DECLARED = {each.id: each for each in declared_in(document(app.operations, version=VERSION))}
PERMISSIONS = frozenset(each.permission for each in DECLARED.values() if each.permission)
ROWS = rows_of(PAGE.read_text())
SELLERS = sorted(name for name, each in DECLARED.items() if each.kind_of_door == "seller")
NOT_STAFF = ("anonymous", "customer", "other customer", "vendor", "other vendor")


@pytest.fixture(scope="module")
def stage(embedded_cloud_url: str) -> Iterator[Stage]:
    """A shop in process as it should be."""
    with (
        pytest.MonkeyPatch.context() as patch,
        fresh_account(embedded_cloud_url, patch) as account,
        serving(app) as url,
    ):
        # Everybody signs in from here.
        patch.setenv("SIGN_INS_PER_ADDRESS", "20000/864000")
        patch.setenv("SIGN_INS_PER_ACCOUNT", "20000/864000")
        shop = Shop(
            url,
            {"TableName": TABLE, "CodesSecret": "codes", "TokensSecret": "tokens"},
            account.cloud,
            chapa=None,
            twilio=None,
            rates=None,
        )
        market = open_market(shop)
        with working_on(shop):
            yield Stage(market, PERMISSIONS)


def tried(stage: Stage, name: str, **planted: Any) -> Matrix:
    """Try an operation in a shop that is like the other one but for this; the page stays as it is."""
    operations = [replace(each, **planted) if each.id == name else each for each in app.operations]
    with serving(an_api(operations)) as url:
        parts = [part_of(caller, DECLARED[name].permission) for caller in CALLERS]
        people = {part: stage.person(*part) for part in parts}
        cast = {part: replace(each, api=CalledApi(url, each.api.headers)) for part, each in people.items()}
        market = Market(replace(stage.market.shop, api_url=url), stage.market.staff, stage.market.vendors)
        matrix = Matrix(Stage(market, PERMISSIONS, cast), ROWS, quiet_seconds=0)
        matrix.run([DECLARED[name]])
    return matrix


def an_api(operations: list[Operation]) -> Api:
    router = Router("planted")
    router.operations = operations
    return Api("planted", router)


def red(matrix: Matrix) -> set[str]:
    """Name the cells that are not as they should be."""
    return {each.partition(", but got")[0] for each in matrix.failures if ", but got" in each}


def must_be_turned_away(name: str, *callers: str) -> set[str]:
    return {f"{name}: {caller} must be turned away" for caller in callers}


@pytest.mark.parametrize(
    "name",
    [
        "read_cart",
        "move_stock",
        "end_current_session",
        "list_vendor_orders",
        "confirm_user",
        "confirm_my_contact",
        "confirm_my_second_factor",
        "change_rights",
        "list_delivery_options",
        "put_shipping_plan",
        "put_tax_rates",
    ],
)
def test_a_door_that_is_as_it_should_be_is_green(stage: Stage, name: str) -> None:
    matrix = tried(stage, name)

    assert matrix.failures == []
    assert matrix.cells == len(CALLERS)


@pytest.mark.parametrize("name", [*SELLERS, "approve_product", "refuse_product"])
def test_what_a_vendor_sells_is_its_own_and_only_approvers_decide(stage: Stage, name: str) -> None:
    matrix = tried(stage, name)

    assert matrix.failures == []
    assert matrix.cells == len(CALLERS)


def test_every_request_about_what_is_sold_is_tried_by_another_vendor() -> None:
    named = [name for name in SELLERS if DECLARED[name].names_a_thing]

    assert {"change_product", "delete_product", "read_product_as_staff", "withdraw_product_proposal"} <= set(named)
    assert [name for name in named if "other vendor" in ROWS[name].lets_in] == []
    assert [name for name in SELLERS if "vendor" not in ROWS[name].lets_in] == []


def test_a_product_that_any_vendor_changes_is_red(stage: Stage) -> None:
    def change_product(product_id: str, body: Any, *, caller: Caller, request: Any) -> Any:
        """Change a product without asking whose it is."""
        return OPERATIONS["change_product"].view(
            product_id, body, caller=replace(caller, limited_to=None), request=request
        )

    assert "change_product: other vendor must be turned away" in red(
        tried(stage, "change_product", view=change_product)
    )


def test_a_public_door_where_there_should_be_none_is_red(stage: Stage) -> None:
    matrix = tried(stage, "create_category", access=public)

    assert red(matrix) == must_be_turned_away("create_category", *NOT_STAFF, "staff without")
    assert "must leave no trace" in matrix.failures[-1]
    assert "CATEGORIES" in matrix.failures[-1]


def test_a_thing_that_is_read_under_another_owner_is_red(stage: Stage) -> None:
    def read_cart(cart_id: str, caller: Caller, request: Any) -> Any:
        """Read a cart as if whoever asks were its owner."""
        owner = next(pk.removeprefix("OWNER#") for pk, sk in stage.table.rows() if sk == f"CART#{cart_id}")
        return OPERATIONS["read_cart"].view(cart_id, replace(caller, id=owner), request)

    matrix = tried(stage, "read_cart", view=read_cart)

    others = ("other customer", "vendor", "other vendor", "staff without", "staff with", "admin")
    assert red(matrix) == must_be_turned_away("read_cart", *others)


def test_another_permission_than_the_page_says_is_red(stage: Stage) -> None:
    matrix = tried(stage, "read_stock", access=staff("catalog.manage"))

    assert red(matrix) == {
        "read_stock: vendor must get in",
        "read_stock: staff without must be turned away",
        "read_stock: staff with must get in",
    }


def test_a_refusal_that_leaves_something_behind_is_red(stage: Stage) -> None:
    def read_stock(product_id: str, caller: Caller) -> Any:
        """Change something, and turn everybody away."""
        for stock in inventory.stock_of_product(product_id):
            inventory.receive(product_id, stock.sku, 1, note="a surprise", by=caller.id)
        raise Forbidden()

    matrix = tried(stage, "read_stock", access=customer, view=read_stock, parameters=("product_id", "caller"))

    assert "must leave no trace" in matrix.failures[0]
    assert re.search(r"PRODUCT#prd_\w+ / STOCK#", matrix.failures[0])


@pytest.mark.parametrize("refusal", [Malformed, Conflict, Busy])
def test_another_status_than_those_of_being_turned_away_is_red(stage: Stage, refusal: type[Refusal]) -> None:
    def end_current_session() -> None:
        """Refuse whatever is asked."""
        raise refusal()

    matrix = tried(stage, "end_current_session", access=public, view=end_current_session, parameters=())

    assert len(red(matrix)) == len(CALLERS)
    assert "end_current_session: anonymous must be turned away" in red(matrix)


def test_an_operation_that_nobody_can_ask_for_says_where_to_add_how(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(asking.builders(), "read_stock")

    (said,) = tried(stage, "read_stock").failures

    assert said.endswith("Add a builder of that name to tests/permissions/requests/inventory.py")


def test_a_builder_that_fails_is_red(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_there(stage: Stage, caller: Person) -> Ask:
        raise LookupError("no stock")

    monkeypatch.setitem(asking.builders(), "read_stock", nothing_there)

    assert tried(stage, "read_stock").failures == ["read_stock: no valid request for vendor: LookupError('no stock')"]


def test_an_operation_without_a_row_is_red(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ROWS, "read_stock")

    assert tried(stage, "read_stock").failures == ["read_stock: docs/permissions.md does not say who gets in"]


@pytest.mark.parametrize("kind", sorted(LEFT_BY_REFUSALS))
def test_what_refusals_may_write_is_not_looked_at(stage: Stage, kind: str) -> None:
    before = stage.table.rows()
    dynamodb = stage.market.shop.cloud.client("dynamodb")

    dynamodb.put_item(TableName=TABLE, Item={"pk": {"S": kind}, "sk": {"S": "ROW"}, "kind": {"S": kind}})
    assert changed(before, stage.table.rows()) == []

    dynamodb.put_item(TableName=TABLE, Item={"pk": {"S": kind}, "sk": {"S": "ROW"}, "kind": {"S": "another"}})
    assert changed(before, stage.table.rows()) == [f"{kind} / ROW"]
