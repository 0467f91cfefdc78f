"""Is money counted right?"""

from decimal import Decimal

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from chalicelib.core.money import Money, allocate, from_decimal, percentage_of


class Priced(BaseModel):
    price: Money


def test_money_has_one_json_shape() -> None:
    read = Priced.model_validate_json('{"price": {"amount": 35000, "currency": "ETB"}}')

    assert read.price == Money(35000, "ETB")
    assert read.model_dump_json() == '{"price":{"amount":35000,"currency":"ETB"}}'
    assert Priced(price=Money(1, "ETB")).price.minor == 1
    assert TypeAdapter(list[Money]).dump_json([Money(5, "USD")]) == b'[{"amount":5,"currency":"USD"}]'
    assert Priced.model_json_schema()["properties"]["price"]["required"] == ["amount", "currency"]


@pytest.mark.parametrize(
    "price",
    [
        '{"amount":1.5,"currency":"ETB"}',
        '{"amount":true,"currency":"ETB"}',
        '{"amount":"1","currency":"ETB"}',
        '{"amount":1,"currency":"XXX"}',
        '{"amount":1}',
        '{"amount":1,"currency":"ETB","x":1}',
        "350",
        "null",
    ],
)
def test_what_is_not_money_is_refused(price: str) -> None:
    with pytest.raises(ValidationError):
        Priced.model_validate_json('{"price": ' + price + "}")


def test_halves_are_rounded_away_from_zero() -> None:
    assert from_decimal(Decimal("10.005"), "ETB").minor == 1001
    assert percentage_of(Money(330, "ETB"), Decimal("15")).minor == 50
    assert from_decimal(Decimal("10.5"), "DJF").minor == 11


def test_text_for_payment_providers_has_the_digits_of_the_currency() -> None:
    assert Money(35000, "ETB").as_text() == "350.00"
    assert Money(5, "ETB").as_text() == "0.05"
    assert Money(350, "DJF").as_text() == "350"


def test_an_allocation_adds_up_and_favours_the_largest_remainder() -> None:
    assert [part.minor for part in allocate(Money(100, "ETB"), [1, 1, 1])] == [34, 33, 33]
    assert [part.minor for part in allocate(Money(5, "ETB"), [3, 7])] == [2, 3]
    assert [part.minor for part in allocate(Money(-100, "ETB"), [1, 1, 1])] == [-34, -33, -33]
    assert [part.minor for part in allocate(Money(7, "ETB"), [0, 0])] == [4, 3]


def test_currencies_are_never_mixed() -> None:
    with pytest.raises(ValueError, match="cannot mix"):
        Money(1, "ETB") + Money(1, "USD")
