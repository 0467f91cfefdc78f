"""Does a schedule end every refund that its webhook, its execution or the provider forgot?"""

import pytest

from chalicelib.payments import reactions, service
from chalicelib.payments.rules import RefundProblem
from tests.payments.builders import attempt
from tests.payments.refund_builders import Execution, standing, waited_for
from tests.support.builders import money_owed_back
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is due to be looked after now."""
    for name in ("START_WITHIN_SECONDS", "REFUND_CHECK_SECONDS"):
        monkeypatch.setenv(name, "0")


def swept() -> dict[str, int]:
    return reactions.sweep_refunds({}, None)


@pytest.mark.usefixtures("at_once")
def test_a_lost_webhook_is_made_up_for_by_the_schedule(till: Till, refunding: WaitingMachine) -> None:
    refund, execution = waited_for(till, refunding)
    assert swept() == {"done": 1, "failed": 0}
    assert standing(refund) == ("asked", None)
    till.pays_back(refund.tx_ref)

    assert swept() == {"done": 1, "failed": 0}

    assert refunding.resumed_with(execution) == "done"
    assert swept() == {"done": 0, "failed": 0}


@pytest.mark.usefixtures("at_once")
def test_what_nobody_confirms_in_time_needs_attention(
    till: Till, refunding: WaitingMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund, execution = waited_for(till, refunding)
    monkeypatch.setenv("REFUND_WITHIN_SECONDS", "0")

    swept()

    assert refunding.resumed_with(execution) == "needs_attention"
    assert standing(refund) == ("needs_attention", RefundProblem.NOT_CONFIRMED)
    assert attempt(refund.tx_ref).refundable_minor == 0


@pytest.mark.usefixtures("at_once")
def test_a_refund_that_was_never_started_is_started(refunding: WaitingMachine) -> None:
    refund = money_owed_back()

    assert swept() == {"done": 1, "failed": 0}

    assert refunding.was_started(Execution(refund.refund_id))
    assert standing(refund) == ("requested", None)
    assert swept() == {"done": 1, "failed": 0}


@pytest.mark.usefixtures("at_once")
def test_a_refund_whose_execution_died_before_it_asked_needs_attention(refunding: WaitingMachine) -> None:
    refund = money_owed_back()
    execution = Execution(refund.refund_id)
    service.start_refund(refund.refund_id)
    refunding.token(execution)
    refunding.kill(execution)

    swept()

    assert standing(refund) == ("needs_attention", RefundProblem.NOT_ASKED)
    assert execution.step("ask_refund") == "needs_attention"


@pytest.mark.usefixtures("at_once")
def test_a_provider_that_is_down_puts_a_look_off(
    till: Till, refunding: WaitingMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited_for(till, refunding)
    monkeypatch.setenv("REFUND_CHECK_SECONDS", "60")
    till.switch(no_callback=True, answers={"verify": {"kind": "html"}})

    assert swept() == {"done": 0, "failed": 1}
    assert swept() == {"done": 0, "failed": 0}


@pytest.mark.usefixtures("at_once")
def test_a_provider_that_never_answers_puts_no_deadline_off(
    till: Till, refunding: WaitingMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund, execution = waited_for(till, refunding)
    till.switch(no_callback=True, answers={"verify": {"kind": "html"}})
    assert swept() == {"done": 0, "failed": 1}
    assert refunding.is_running(execution)
    monkeypatch.setenv("REFUND_WITHIN_SECONDS", "0")

    assert swept() == {"done": 1, "failed": 0}

    assert refunding.resumed_with(execution) == "needs_attention"
    assert standing(refund) == ("needs_attention", RefundProblem.NOT_CONFIRMED)


def test_a_wait_for_what_is_over_or_superseded_ends_at_once(refunding: WaitingMachine) -> None:
    refund = money_owed_back()
    first = Execution(refund.refund_id)
    service.start_refund(refund.refund_id)
    token = refunding.token(first)
    first.step("close_refund")
    service.retry_refund(refund.refund_id)

    assert first.step("await_refund", task_token=token) == "superseded"

    assert refunding.resumed_with(first) == "superseded"
