"""Is a refund that came to nothing asked for anew, and nothing that the provider may still pay?"""

import json

import pytest

from chalicelib.payments import service
from chalicelib.payments.models import Refund
from chalicelib.payments.rules import RefundProblem, refund_asked_as
from tests.payments.refund_builders import (
    REFUNDED,
    Execution,
    as_it_is,
    is_told,
    money_to_give_back,
    signed,
    standing,
    waited_for,
)
from tests.support.account import Account
from tests.support.builders import money_owed_back
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine


def is_said(refund: Refund, event: str, *, of: str | None = None) -> None:
    """Let the provider say something of one of a refund's references, or of none."""
    told = {"event": event, "reference": f"CH-{event}-{of}", "tx_ref": refund.tx_ref, "amount": refund.amount.as_text()}
    body = json.dumps(told | ({} if of is None else {"merchant_reference": of})).encode()
    assert is_told(body, signed(body)) == 200


def failed_and_asked_again(till: Till, machine: WaitingMachine) -> Refund:
    refund, _ = waited_for(till, machine, amount=100)
    is_said(refund, "refund.failed", of=refund.refund_id)
    service.retry_refund(refund.refund_id)
    assert Execution(refund.refund_id, attempt=2).step("ask_refund") == "asked"
    return refund


def test_what_came_to_nothing_is_asked_for_under_another_reference(till: Till, refunding: WaitingMachine) -> None:
    refund = failed_and_asked_again(till, refunding)

    assert till.back_of(refund.tx_ref) == [(refund.refund_id, False), (f"{refund.refund_id}-2", False)]
    is_said(refund, REFUNDED, of=f"{refund.refund_id}-2")
    assert standing(refund) == ("done", None)
    assert as_it_is(refund).confirmed_by == "news"


def test_a_failure_that_is_told_once_more_says_nothing_of_what_was_asked_since(
    till: Till, refunding: WaitingMachine
) -> None:
    refund = failed_and_asked_again(till, refunding)

    is_said(refund, "refund.rejected", of=refund.refund_id)

    assert standing(refund) == ("asked", None)


def test_a_failure_that_may_be_of_either_reference_makes_no_third(till: Till, refunding: WaitingMachine) -> None:
    refund = failed_and_asked_again(till, refunding)

    is_said(refund, "refund.failed")

    assert standing(refund) == ("needs_attention", RefundProblem.NOT_CONFIRMED)
    service.retry_refund(refund.refund_id)
    Execution(refund.refund_id, attempt=3).step("ask_refund")
    assert [reference for reference, _ in till.back_of(refund.tx_ref)] == [refund.refund_id, f"{refund.refund_id}-2"]


def test_money_that_is_back_by_a_reference_that_had_failed_ends_the_refund_and_rings(
    till: Till, refunding: WaitingMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    refund = failed_and_asked_again(till, refunding)
    capsys.readouterr()

    is_said(refund, REFUNDED, of=refund.refund_id)

    assert standing(refund) == ("done", None)
    assert "RefundNeedsAttention" in capsys.readouterr().out


def test_a_lost_answer_is_asked_after_by_the_same_reference(till: Till, refunding: WaitingMachine) -> None:
    refund = money_to_give_back(till, amount=100)
    till.fail("refund", "drop")
    with pytest.raises(Exception, match="Chapa"):
        Execution(refund.refund_id).step("ask_refund")
    Execution(refund.refund_id).step("ask_refund")
    assert standing(refund) == ("needs_attention", RefundProblem.ANSWER_LOST)

    service.retry_refund(refund.refund_id)
    Execution(refund.refund_id, attempt=2).step("ask_refund")

    assert [reference for reference, _ in till.back_of(refund.tx_ref)] == [refund.refund_id]


def test_whoever_has_a_refund_is_told_that_it_came_to_nothing(till: Till, refunding: WaitingMachine) -> None:
    refund = money_to_give_back(till, amount=100)
    till.fail("refund", "drop")
    with pytest.raises(Exception, match="Chapa"):
        Execution(refund.refund_id).step("ask_refund")
    Execution(refund.refund_id).step("ask_refund")

    is_said(refund, "refund.failed", of=refund.refund_id)

    assert standing(refund) == ("needs_attention", RefundProblem.FAILED)


def test_what_was_never_asked_for_cannot_have_failed(aws: Account) -> None:
    refund = money_owed_back(RefundProblem.RECORD_UNCLEAR)

    is_said(refund, "refund.failed")

    assert standing(refund) == ("needs_attention", RefundProblem.RECORD_UNCLEAR)


@pytest.mark.parametrize(
    ("reference", "meant"),
    [("rfd_1-no_order", ("rfd_1-no_order", 1)), ("rfd_1-no_order-12", ("rfd_1-no_order", 12)), ("-2", ("-2", 1))],
)
def test_a_reference_tells_its_refund(reference: str, meant: tuple[str, int]) -> None:
    assert refund_asked_as(reference) == meant
