"""Does every act stay within its calls and units?"""

import pytest

from infra.bench import budgets, journey, report, signing_in, stocking
from infra.bench.meters import CallMeter
from infra.bench.report import Figures


@pytest.mark.parametrize("act", budgets.CALLS)
def test_an_act_makes_no_more_calls_than_its_budget(measured: CallMeter, act: str) -> None:
    assert not budgets.excess_calls(measured.costs[act].calls, budgets.CALLS[act])


def test_every_act_has_a_budget_of_calls(measured: CallMeter) -> None:
    assert set(measured.costs) == set(budgets.CALLS)


def test_a_product_is_read_with_one_call(measured: CallMeter) -> None:
    assert len(measured.costs[journey.PRODUCT_READ].calls) == 1


def test_a_page_of_products_is_read_with_at_most_two_calls(measured: CallMeter) -> None:
    assert len(measured.costs[journey.PRODUCT_PAGE].calls) <= 2


def test_adding_to_a_cart_is_one_read_and_one_conditional_write(measured: CallMeter) -> None:
    read, write = measured.calls[journey.LINE_ADDED]

    assert read.operation == "BatchGetItem"
    assert "ConditionExpression" in write.params


@pytest.mark.parametrize("act", [journey.RESERVED, journey.PLACED])
def test_reserving_and_placing_are_one_transaction_each(measured: CallMeter, act: str) -> None:
    writes = [call for call in measured.costs[act].calls if call not in ("GetItem", "BatchGetItem", "Query")]

    assert writes == ["TransactWriteItems"]


@pytest.mark.parametrize("act", signing_in.ACTS)
def test_a_session_is_begun_and_renewed_by_two_reads_and_one_transaction(measured: CallMeter, act: str) -> None:
    counted = [call for call in measured.costs[act].calls if call == "UpdateItem"]
    rest = measured.costs[act].calls[len(counted) :]

    assert rest == ("GetItem", "BatchGetItem", "TransactWriteItems")


@pytest.mark.parametrize(("act", "policies"), [(signing_in.SIGNED_IN, 2), (signing_in.REFRESHED, 1)])
def test_an_attempt_costs_one_conditional_write_per_policy(measured: CallMeter, act: str, policies: int) -> None:
    counted = [call for call in measured.calls[act] if call.operation == "UpdateItem"]

    assert len(counted) == policies
    assert all("ConditionExpression" in call.params and call.units == 1 for call in counted)


def test_a_movement_of_stock_is_one_call(measured: CallMeter) -> None:
    assert measured.costs[stocking.STOCK_MOVED].calls == ("TransactWriteItems",)


def test_a_token_is_checked_without_asking_anybody(measured: CallMeter) -> None:
    assert measured.calls[signing_in.TOKEN_CHECKED] == []


def test_no_act_reads_more_units_than_its_budget(measured: CallMeter) -> None:
    read = {act: measured.costs[act].read_units for act in budgets.READ_UNITS}

    assert not budgets.excess(read, budgets.READ_UNITS)


def test_no_act_writes_more_units_than_its_budget(measured: CallMeter) -> None:
    written = {act: cost.write_units for act, cost in measured.costs.items() if cost.write_units}

    assert not budgets.excess(written, budgets.WRITE_UNITS)


def test_a_paid_order_of_two_lines_writes_no_more_units_than_its_budget(measured: CallMeter) -> None:
    total = Figures(costs=measured.costs).cost(report.purchase())

    assert total.write_units <= budgets.WRITE_UNITS_PER_ORDER


def test_from_checkout_to_order_no_more_units_are_written_than_the_budget(measured: CallMeter) -> None:
    written = sum(measured.costs[act].write_units for act in journey.CHECKOUT)

    assert written <= budgets.WRITE_UNITS_TO_ORDER


def test_what_costs_more_than_it_may_is_named() -> None:
    assert budgets.excess({"order placed": 21, "cart read": 1}, {"order placed": 20, "cart read": 1}) == [
        "order placed: 21, allowed 20"
    ]


def test_what_has_no_budget_is_named() -> None:
    assert budgets.excess({"gift wrapped": 1}, {}) == ["gift wrapped has no budget"]


def test_a_call_too_many_is_named() -> None:
    assert budgets.excess_calls(("Query", "GetItem", "GetItem"), ("Query", "GetItem")) == ["GetItem"]


def test_a_scan_is_over_any_budget(measured: CallMeter) -> None:
    assert not any("Scan" in allowed for allowed in budgets.CALLS.values())
    assert budgets.excess_calls(("Scan",), budgets.CALLS[journey.PRODUCT_PAGE]) == ["Scan"]
