"""Is the provider asked for money back at most once, whatever gets lost?"""

from typing import Any

import pytest

from chalicelib.core import circuits
from chalicelib.payments import service
from chalicelib.payments.chapa import provider
from chalicelib.payments.provider import ProviderMisconfigured, ProviderUnavailable
from chalicelib.payments.rules import RefundProblem
from tests.payments.refund_builders import Execution, as_it_is, looked_after_at, money_to_give_back, standing
from tests.support.account import Account
from tests.support.chapa import Till
from tests.support.faults import failing


def asked_back(till: Till, *, amount: int = 350) -> Execution:
    refund = money_to_give_back(till, amount=amount)
    execution = Execution(refund.refund_id)
    assert execution.step("ask_refund") == "asked"
    return execution


def refunds_at_provider(till: Till, execution: Execution) -> list[tuple[str, bool]]:
    return till.back_of(service.get_refund(execution.refund_id).tx_ref)


def test_the_provider_is_asked_once_by_the_refunds_own_id(till: Till) -> None:
    execution = asked_back(till)

    assert execution.step("ask_refund") == "asked"

    assert refunds_at_provider(till, execution) == [(execution.refund_id, False)]
    refund = service.get_refund(execution.refund_id)
    assert refund.event is not None
    assert refund.event["type"] == "refund.asked"
    assert looked_after_at(refund) is not None


def test_a_payment_that_is_only_found_by_the_providers_reference_is_found(till: Till) -> None:
    till.set_up(refund_path="reference")

    execution = asked_back(till)

    assert refunds_at_provider(till, execution) == [(execution.refund_id, False)]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"kind": "refuse", "message": "Insufficient Balance"}, "Insufficient Balance"),
        ({"kind": "refuse", "message": {"amount": ["validation.max"]}}, "amount: validation.max"),
        ({"kind": "refuse", "status": 404, "message": "Invalid transaction"}, "Invalid transaction"),
    ],
)
def test_a_refusal_is_left_to_people_in_the_providers_words(
    till: Till, fault: dict[str, Any], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    refund = money_to_give_back(till)
    till.switch(no_callback=True, answers={"refund": fault})

    assert Execution(refund.refund_id).step("ask_refund") == "needs_attention"

    assert standing(refund) == ("needs_attention", RefundProblem.REFUSED)
    assert as_it_is(refund).detail == words
    assert looked_after_at(refund) is None
    assert "RefundNeedsAttention" in capsys.readouterr().out


@pytest.mark.parametrize("takes_effect", [True, False])
def test_a_refund_whose_answer_was_lost_is_not_asked_for_again(till: Till, *, takes_effect: bool) -> None:
    refund = money_to_give_back(till)
    execution = Execution(refund.refund_id)
    till.fail("refund", "drop", takes_effect=takes_effect)
    with pytest.raises(ProviderUnavailable):
        execution.step("ask_refund")

    assert execution.step("ask_refund") == "needs_attention"

    assert standing(refund) == ("needs_attention", RefundProblem.ANSWER_LOST)
    assert len(till.back_of(refund.tx_ref)) == takes_effect


def test_a_refund_whose_answer_was_lost_is_done_when_the_provider_says_so(till: Till) -> None:
    refund = money_to_give_back(till)
    execution = Execution(refund.refund_id)
    till.fail("refund", "drop")
    with pytest.raises(ProviderUnavailable):
        execution.step("ask_refund")
    till.pays_back(refund.tx_ref)

    assert execution.step("ask_refund") == "done"

    assert len(till.back_of(refund.tx_ref)) == 1


def test_a_provider_that_was_not_reached_is_asked_again(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    refund = money_to_give_back(till)
    execution = Execution(refund.refund_id)
    with monkeypatch.context() as away:
        away.setenv("CHAPA_BASE_URL", "http://127.0.0.1:9")
        with pytest.raises(ProviderUnavailable):
            execution.step("ask_refund")
    till.fail("refund", "refuse", status=429, message="Too many")
    with pytest.raises(ProviderUnavailable):
        execution.step("ask_refund")

    assert execution.step("ask_refund") == "asked"


def test_a_provider_that_is_left_alone_was_not_asked(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAPA_FAILURES", "1/60")
    refund = money_to_give_back(till)
    execution = Execution(refund.refund_id)
    till.fail("verify", "html")
    with pytest.raises(ProviderUnavailable):
        provider().verify(refund.tx_ref)

    with pytest.raises(ProviderUnavailable):
        execution.step("ask_refund")

    assert refunds_at_provider(till, execution) == []
    circuits.forget()
    assert execution.step("ask_refund") == "asked"


def test_a_wrong_key_asks_nothing_and_is_tried_again(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    refund = money_to_give_back(till)
    execution = Execution(refund.refund_id)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("CHAPA_MODE", "live")
        with pytest.raises(ProviderMisconfigured):
            execution.step("ask_refund")

    assert execution.step("ask_refund") == "asked"


def test_an_answer_is_noted_although_others_saved_the_refund_meanwhile(till: Till, aws: Account) -> None:
    refund = money_to_give_back(till)
    stale = ["ConditionalCheckFailed", "None"]

    with failing(aws.dynamodb, "TransactWriteItems", "TransactionCanceledException", reasons=stale, after=1) as fault:
        assert Execution(refund.refund_id).step("ask_refund") == "asked"

    assert fault.made == 1
    assert till.back_of(refund.tx_ref) == [(refund.refund_id, False)]


def test_what_staff_try_again_is_asked_under_the_same_id(till: Till) -> None:
    refund = money_to_give_back(till)
    till.fail("refund", "refuse", message="Insufficient Balance")
    assert Execution(refund.refund_id).step("ask_refund") == "needs_attention"

    service.retry_refund(refund.refund_id)

    assert Execution(refund.refund_id, attempt=1).step("ask_refund") == "superseded"
    assert Execution(refund.refund_id, attempt=2).step("ask_refund") == "asked"
    assert till.back_of(refund.tx_ref) == [(refund.refund_id, False)]


def test_what_the_provider_had_all_along_is_not_paid_again_by_trying_again(till: Till) -> None:
    refund = money_to_give_back(till, amount=100)
    execution = Execution(refund.refund_id)
    till.fail("refund", "drop")
    with pytest.raises(ProviderUnavailable):
        execution.step("ask_refund")
    execution.step("ask_refund")

    service.retry_refund(refund.refund_id)
    assert Execution(refund.refund_id, attempt=2).step("ask_refund") == "asked"

    assert till.back_of(refund.tx_ref) == [(refund.refund_id, False)]
