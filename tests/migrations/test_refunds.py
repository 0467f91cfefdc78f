"""Does money that was listed to be paid back by hand become a refund, about which people decide?"""

import pytest

from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import find
from chalicelib.payments import service, store
from chalicelib.payments.models import PaymentAttempt
from chalicelib.payments.rules import AttemptStatus, RefundProblem, RefundStatus
from infra.migrations.m0006_refunds import MIGRATION, RefundDue, as_refund
from infra.migrations.moving import RowNotMoved
from tests.migrations.builders import migrate, stored
from tests.support.account import Account
from tests.support.builders import a_payment, birr

LISTED = Key("REFUNDS_DUE#0", "REFUND#pay_01ABC")
REFUND = "rfd_01ABC-paid_twice"


def a_listed_refund() -> None:
    """Money that came twice, as the list had it."""
    a_payment()
    _listed()
    with transactions.write() as work:
        work.create(
            PaymentAttempt.at(
                keys.payment_attempt("pay_01ABC"),
                tx_ref="pay_01ABC",
                payment_id="pmt_1",
                amount=birr(350),
                status=AttemptStatus.SURPLUS,
                made_at="2026-01-05T09:00:00Z",
            )
        )


def test_a_listed_refund_is_left_to_people_and_asked_of_nobody(aws: Account) -> None:
    a_listed_refund()

    migrate([MIGRATION])

    refund = service.get_refund(REFUND)
    assert (refund.status, refund.problem) == (RefundStatus.NEEDS_ATTENTION, RefundProblem.LISTED_BEFORE)
    assert (refund.amount, refund.event) == (birr(350), None)
    assert [each.refund_id for each in service.refunds_in(RefundStatus.NEEDS_ATTENTION, after=None, limit=5).items] == [
        REFUND
    ]
    attempt = store.find_attempt("pay_01ABC")
    assert attempt is not None
    assert (attempt.refundable_minor, attempt.refund_ids) == (0, [REFUND])
    assert find(RefundDue, LISTED) is None


def test_moving_it_twice_makes_one_refund(aws: Account) -> None:
    a_listed_refund()
    row = stored(LISTED)

    assert [as_refund(row), as_refund(row)] == [True, False]


def test_money_of_no_known_payment_stops_the_migration(aws: Account) -> None:
    _listed()

    with pytest.raises(RowNotMoved, match="no attempt pay_01ABC"):
        migrate([MIGRATION])


def _listed() -> None:
    with transactions.write() as work:
        work.create(RefundDue.at(LISTED, tx_ref="pay_01ABC", payment_id="pmt_1", amount=birr(350), reason="paid_twice"))
