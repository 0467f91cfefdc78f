"""Which way may a product go, and who may send it there?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.catalog import rules
from chalicelib.catalog.errors import StatusChangeRefused
from chalicelib.catalog.rules import Mover, ProductStatus

DRAFT, IN_REVIEW, ACTIVE, INACTIVE, DELETED = ProductStatus
VENDOR, STAFF, APPROVER = Mover
# Who may do what, once more and by hand: v for the vendor, s for staff, a for approvers; - for what nobody may.
TABLE = """
             draft  in_review  active  inactive  deleted
    draft    vs     vs         s       -         vs
  in_review  vsa    vs         sa      -         vs
    active   -      -          vs      vs        vs
   inactive  -      -          vs      vs        vs
    deleted  -      -          -       -         -
"""


def told_by_hand() -> list[tuple[ProductStatus, ProductStatus, set[Mover]]]:
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    movers = {"v": VENDOR, "s": STAFF, "a": APPROVER}
    return [
        (ProductStatus(line[0]), ProductStatus(to), {movers[letter] for letter in cell if letter in movers})
        for line in lines
        for to, cell in zip(head, line[1:], strict=True)
    ]


@pytest.mark.parametrize(("status", "to", "movers"), told_by_hand())
def test_a_product_goes_where_the_table_says(status: ProductStatus, to: ProductStatus, movers: set[Mover]):
    for mover in Mover:
        is_allowed = rules.may_move(status, to, by=mover, is_unapproved=False)

        assert is_allowed == (mover in movers or (status == to and status is not DELETED)), mover


def test_what_a_vendor_told_goes_on_sale_by_approval_only():
    for status in (DRAFT, IN_REVIEW):
        assert not rules.may_move(status, ACTIVE, by=STAFF, is_unapproved=True)
        assert not rules.may_move(status, ACTIVE, by=VENDOR, is_unapproved=True)
    assert rules.may_move(IN_REVIEW, ACTIVE, by=APPROVER, is_unapproved=True)


def test_a_refused_move_says_from_where_to_where():
    with pytest.raises(StatusChangeRefused) as refused:
        rules.demand_move("deleted", ACTIVE, by=STAFF, is_unapproved=False)

    assert refused.value.facts == {"product_status": "deleted", "wanted_status": "active"}


def test_a_deleted_product_stays_so():
    for mover in Mover:
        assert not any(rules.may_move(DELETED, to, by=mover, is_unapproved=False) for to in ProductStatus)


steps = st.lists(st.tuples(st.sampled_from(Mover), st.sampled_from(ProductStatus)), max_size=12)


@given(st.sampled_from([VENDOR, STAFF]), steps)
def test_no_path_puts_a_vendors_words_on_sale_without_approval(maker: Mover, path: list[tuple[Mover, ProductStatus]]):
    status = DRAFT
    holds_words = maker is VENDOR
    is_unapproved = rules.stays_unapproved(is_unapproved=False, by=maker, status=DRAFT)
    for mover, to in path:
        if not rules.may_move(status, to, by=mover, is_unapproved=is_unapproved):
            continue
        is_approval = mover is APPROVER and to is ACTIVE
        holds_words = not is_approval and (holds_words or (mover is VENDOR and status in (DRAFT, IN_REVIEW)))
        is_unapproved = not is_approval and rules.stays_unapproved(is_unapproved=is_unapproved, by=mover, status=status)
        status = to

        assert not (status in (ACTIVE, INACTIVE) and holds_words)


@given(steps)
def test_a_vendor_alone_never_gets_anything_on_sale(path: list[tuple[Mover, ProductStatus]]):
    status = DRAFT
    for _, to in path:
        if rules.may_move(status, to, by=VENDOR, is_unapproved=True):
            status = to

    assert status not in rules.APPROVED
