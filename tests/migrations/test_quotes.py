"""Do orders, sub-orders, frozen quotes and checkouts of the time before promotions read and move as they should?"""

import json
import zlib
from typing import Any

import pytest

from chalicelib.checkout.models import Checkout, FrozenQuote
from chalicelib.core.money import Money
from chalicelib.core.storage.table import Item
from chalicelib.orders.models import Order, SubOrder
from chalicelib.orders.rules import shares
from infra.migrations.plan import all_migrations
from tests.notifications.builders import GABI, Goods, a_quote
from tests.pricing.test_former import SHAPE, as_it_was_stored

NOTHING = Money(0, "ETB")


def a_row(kind: type[Item], **told: Any) -> dict[str, Any]:
    """Return a row of another day, with values as they were stored."""
    return {name: {"S": json.dumps(value, ensure_ascii=False)} for name, value in told.items()}


def moved(kind: type[Item], row: dict[str, Any]) -> dict[str, Any]:
    """Return the row as its migration leaves it."""
    [migration] = [each for each in all_migrations() if each.kind is kind]
    return dict(migration.applied_to(row))


def test_a_packed_quote_of_then_is_packed_again() -> None:
    quote = a_quote()
    text = json.dumps(as_it_was_stored(quote, "15")).encode()

    row = moved(Order, {"quote": {"B": zlib.compress(text)}})

    assert Order.quote.deserialize(row["quote"]["B"]).lines == quote.lines


@pytest.mark.parametrize("kind", [Order, FrozenQuote])
@pytest.mark.parametrize("prices_include_tax", [True, False])
def test_a_quote_of_then_is_one_without_promotions(kind: type[Item], prices_include_tax: bool) -> None:
    quote = a_quote(prices_include_tax=prices_include_tax)

    row = moved(kind, a_row(kind, quote=as_it_was_stored(quote, "15")))

    read = SHAPE.validate_json(row["quote"]["S"])
    assert (read.lines, read.taxes, read.total, read.discount) == (quote.lines, quote.taxes, quote.total, NOTHING)
    assert row["schema_version"] == {"N": "2"}
    assert "የሲዳማ ቡና" in row["quote"]["S"]


@pytest.mark.parametrize("prices_include_tax", [True, False])
def test_a_vendors_share_of_then_has_the_very_lines_of_its_order(prices_include_tax: bool) -> None:
    quote = a_quote(Goods(), GABI, prices_include_tax=prices_include_tax)
    old = as_it_was_stored(quote, "15")
    for share in shares(quote):
        lines = [line for line in old["lines"] if line["vendor_id"] == share.vendor_id]
        parts = {name: getattr(share, name).as_wire() for name in ("subtotal", "shipping", "tax", "total")}

        row = moved(SubOrder, a_row(SubOrder, share={"vendor_id": share.vendor_id, "lines": lines, **parts}))

        assert SubOrder.share.deserialize(row["share"]["S"]) == share


def test_a_checkout_of_then_had_no_discount() -> None:
    parts = {name: Money(minor, "ETB").as_wire() for name, minor in (("subtotal", 100), ("shipping", 20), ("tax", 18))}

    row = moved(Checkout, a_row(Checkout, totals=parts | {"total": Money(138, "ETB").as_wire()}))

    assert Checkout.totals.deserialize(row["totals"]["S"]).discount == NOTHING
