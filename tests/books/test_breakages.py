"""Is every way to break a sound table reported, by the invariant that it breaks and, if possible, by no other?"""

import pytest

from chalicelib.core import clock
from infra.books.checking import INVARIANTS, check
from tests.books import (
    broken_accounts,
    broken_applications,
    broken_guards,
    broken_payments,
    broken_people,
    broken_pictures,
    broken_promotions,
    broken_proposals,
    broken_purchases,
    broken_quotes,
    broken_refunds,
    broken_reminders,
    broken_rows,
    broken_stock,
    broken_terms,
)
from tests.books.breaking import Breakage
from tests.books.copy_of_table import TableCopy

BREAKAGES = [
    *broken_stock.breakages,
    *broken_guards.breakages,
    *broken_purchases.breakages,
    *broken_refunds.breakages,
    *broken_quotes.breakages,
    *broken_payments.breakages,
    *broken_reminders.breakages,
    *broken_rows.breakages,
    *broken_people.breakages,
    *broken_pictures.breakages,
    *broken_promotions.breakages,
    *broken_proposals.breakages,
    *broken_applications.breakages,
    *broken_accounts.breakages,
    *broken_terms.breakages,
]


@pytest.fixture
def table(filled) -> TableCopy:
    return TableCopy(filled.stored)


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda breakage: breakage.name)
def test_a_breakage_is_reported_by_its_invariant(table, breakage: Breakage):
    breakage.break_it(table)

    found = check(table.rows, clock.now())

    broken = {finding.invariant for finding in found}
    assert (broken == {breakage.invariant}) == breakage.is_alone, "\n".join(map(str, found))
    assert breakage.invariant in broken


def test_every_invariant_has_been_broken():
    assert {breakage.invariant for breakage in BREAKAGES} == {invariant.__name__ for invariant in INVARIANTS}
