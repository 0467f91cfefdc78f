"""Does money go back once for its reason, and never more than came?"""

import pytest

from chalicelib.core.money import Money
from chalicelib.core.storage.transactions import settled
from chalicelib.payments import service
from chalicelib.payments.errors import RefundTooLarge
from chalicelib.payments.models import PaymentAttempt
from chalicelib.payments.rules import ImpossibleMove, RefundReason, RefundStatus, demand_refund_move
from tests.payments.builders import an_open_payment, attempt, refunds, verify
from tests.support.account import Account
from tests.support.builders import birr, money_owed_back, the_payment
from tests.support.chapa import Till


def an_attempt_that_brought(till: Till) -> PaymentAttempt:
    """350 birr, captured."""
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    verify(tx_ref)
    return attempt(tx_ref)


def test_money_goes_back_in_parts_until_nothing_is_left(till: Till) -> None:
    paid = an_attempt_that_brought(till)
    parts = zip((100, 150, 60, 30, 10), RefundReason, strict=True)

    for amount, reason in parts:
        service.begin_refund(the_payment(), attempt(paid.tx_ref), amount=birr(amount), reason=reason)

    assert attempt(paid.tx_ref).refundable_minor == 0
    assert attempt(paid.tx_ref).refund_ids == [refund.refund_id for refund in sorted(refunds(), key=_when)]
    assert sum(refund.amount.minor for refund in refunds()) == 35_000


@pytest.mark.parametrize("amount", [birr(251), Money(100, "USD")])
def test_no_more_goes_back_than_is_left(till: Till, amount: Money) -> None:
    paid = an_attempt_that_brought(till)
    service.begin_refund(the_payment(), paid, amount=birr(100), reason=RefundReason.NO_ORDER)

    with pytest.raises(RefundTooLarge):
        service.begin_refund(the_payment(), attempt(paid.tx_ref), amount=amount, reason=RefundReason.PAID_TWICE)

    assert attempt(paid.tx_ref).refundable_minor == 25_000


def test_two_who_give_back_all_at_once_give_it_back_once(till: Till) -> None:
    paid = an_attempt_that_brought(till)
    read = [attempt(paid.tx_ref), attempt(paid.tx_ref)]
    service.begin_refund(the_payment(), read[0], amount=birr(350), reason=RefundReason.NO_ORDER)
    tried = [read[1]]

    def again() -> None:
        mine = tried.pop() if tried else attempt(paid.tx_ref)
        service.begin_refund(the_payment(), mine, amount=birr(350), reason=RefundReason.PAID_TWICE)

    with pytest.raises(RefundTooLarge):
        settled(again)
    assert len(refunds()) == 1


def test_a_new_refund_is_announced_and_looked_after(aws: Account) -> None:
    refund = money_owed_back()

    assert refund.event is not None
    assert refund.event["type"] == "refund.requested"
    assert refund.event["data"] == {
        "refund_id": refund.refund_id,
        "payment_id": refund.payment_id,
        "checkout_id": refund.checkout_id,
        "owner": "usr_almaz",
    }


@pytest.mark.parametrize(
    ("status", "to"), [("done", "requested"), ("asked", "requested"), ("needs_attention", "asked")]
)
def test_a_refund_never_moves_back_by_itself(status: str, to: str) -> None:
    with pytest.raises(ImpossibleMove):
        demand_refund_move(status, RefundStatus(to))


def _when(refund: object) -> str:
    return str(getattr(refund, "requested_at", ""))
