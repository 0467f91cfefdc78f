"""Are reads billed by their size, as DynamoDB does and the embedded cloud does not?"""

from typing import Any

import pytest

from tests.support.capacity import item_bytes, read_units


def an_item(size: int) -> dict[str, Any]:
    return {"pk": {"S": "x" * (size - len("pk"))}}


def test_an_items_size_counts_names_and_values():
    item = {"pk": {"S": "ቡና"}, "n": {"N": "1234"}, "on": {"BOOL": True}, "m": {"M": {"a": {"S": "bc"}}}}

    assert item_bytes(item) == (2 + 6) + (1 + 3) + (2 + 1) + (1 + 3 + 1 + 1 + 2)


@pytest.mark.parametrize(("size", "units"), [(10, 0.5), (4_096, 0.5), (4_097, 1), (12_289, 2)])
def test_a_read_by_key_costs_half_a_unit_per_started_4_kb(size, units):
    assert read_units("GetItem", {}, {"Item": an_item(size)}) == units
    assert read_units("GetItem", {"ConsistentRead": True}, {"Item": an_item(size)}) == 2 * units


def test_what_is_not_there_costs_one_step():
    assert read_units("GetItem", {}, {}) == 0.5
    assert read_units("Query", {}, {"Items": [], "ScannedCount": 0}) == 0.5


def test_a_batch_rounds_up_each_of_its_items():
    request = {"RequestItems": {"shop": {"Keys": [{}, {}, {}], "ConsistentRead": True}}}
    answer = {"Responses": {"shop": [an_item(100), an_item(5_000)]}}

    assert read_units("BatchGetItem", request, answer) == 1 + 2 + 1


def test_a_query_rounds_up_the_sum_of_its_items():
    answer = {"Items": [an_item(3_000)] * 3, "ScannedCount": 3}

    assert read_units("Query", {}, answer) == 1.5


def test_what_a_filter_leaves_out_is_paid_for():
    answer = {"Items": [an_item(3_000)] * 3, "ScannedCount": 6}

    assert read_units("Query", {}, answer) == 2.5


def test_a_read_that_nobody_knows_the_price_of_is_an_error():
    with pytest.raises(ValueError, match="TransactGetItems"):
        read_units("TransactGetItems", {}, {})
