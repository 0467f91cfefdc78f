"""What follows from a number of units?"""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.inventory import rules
from chalicelib.inventory.rules import Availability, Shortage
from tests.inventory.builders import a_line

lines = st.lists(st.builds(a_line, st.sampled_from(["GABI", "COFFEE", "MESOB"]), st.integers(1, 50)))


def test_the_same_sku_on_two_lines_counts_together():
    wanted = rules.summed([a_line("GABI", 2), a_line("COFFEE", 1), a_line("GABI", 3)])

    assert wanted == [a_line("GABI", 5), a_line("COFFEE", 1)]


@given(lines)
def test_summing_loses_no_unit_and_repeats_no_sku(wanted):
    summed = rules.summed(wanted)

    assert sum(line.quantity for line in summed) == sum(line.quantity for line in wanted)
    assert len({line.sku for line in summed}) == len(summed)


def test_many_left_are_in_stock_without_a_number():
    assert rules.availability(6, low_at=5) == Availability(in_stock=True, left=None)


def test_few_left_are_told():
    assert rules.availability(5, low_at=5) == Availability(in_stock=True, left=5)


def test_nothing_left_is_out_of_stock():
    assert rules.availability(0, low_at=5) == Availability(in_stock=False, left=0)


def test_a_shortage_names_what_is_wanted_and_what_is_left():
    short = rules.shortages([a_line("GABI", 3), a_line("MESOB", 1), a_line("COFFEE", 2)], {"GABI": 1, "COFFEE": 2})

    assert short == [Shortage("GABI", wanted=3, left=1), Shortage("MESOB", wanted=1, left=0)]
