"""Does every refund end, whether or not the provider tells, and hears whoever waits for it?"""

import json
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.core.storage.transactions import settled
from chalicelib.payments import service
from chalicelib.payments.events import RefundHinted
from chalicelib.payments.models import Refund
from chalicelib.payments.provider import RefundStanding
from chalicelib.payments.rules import RefundProblem
from tests.checkout.outages import no_machine
from tests.payments.refund_builders import (
    REFUNDED,
    Execution,
    as_it_is,
    is_told,
    looked_after_at,
    money_to_give_back,
    signed,
    standing,
    waited_for,
)
from tests.support.builders import money_owed_back
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine


def a_webhook(refund: Refund, **said: Any) -> tuple[bytes, str]:
    told = {"event": "charge.refunded", "status": "refunded", "reference": "CH1", "tx_ref": refund.tx_ref, **said}
    body = json.dumps(told).encode()
    return body, signed(body)


def test_the_providers_webhook_wakes_whoever_waits_however_often_it_comes(
    till: Till, refunding: WaitingMachine
) -> None:
    refund, execution = waited_for(till, refunding)
    till.pays_back(refund.tx_ref)
    body, signature = till.webhook_of(refund.tx_ref, REFUNDED)

    assert [is_told(body, signature), is_told(body, signature)] == [200, 200]

    assert refunding.resumed_with(execution) == "done"
    assert standing(refund) == ("done", None)
    assert execution.step("close_refund") == "done"
    ended = as_it_is(refund)
    assert ended.event is not None
    assert ended.event["type"] == "refund.completed"
    assert looked_after_at(refund) is None


def test_a_webhook_that_comes_before_anybody_waits_is_not_lost(till: Till, refunding: WaitingMachine) -> None:
    refund = money_to_give_back(till)
    execution = Execution(refund.refund_id)
    service.start_refund(refund.refund_id)
    execution.step("ask_refund")
    till.pays_back(refund.tx_ref)
    is_told(*till.webhook_of(refund.tx_ref, REFUNDED))

    execution.step("await_refund", task_token=refunding.token(execution))

    assert refunding.resumed_with(execution) == "done"


def test_a_part_is_done_when_the_webhook_names_it(till: Till, refunding: WaitingMachine) -> None:
    refund, execution = waited_for(till, refunding, amount=100)
    till.pays_back(refund.tx_ref)

    is_told(*till.webhook_of(refund.tx_ref, REFUNDED))

    assert refunding.resumed_with(execution) == "done"


@pytest.mark.parametrize(
    "said",
    [
        {"amount": "350"},
        {"event": "refund.success", "status": "success", "amount": "350.00"},
        {"event": "refund.processed", "status": "", "tx_ref": "", "merchant_reference": "THE ID"},
        {"event": "refund.completed", "status": "completed", "amount": "1.00", "meta": {"refund_id": "THE ID"}},
    ],
)
def test_other_ways_to_say_so_are_understood(till: Till, refunding: WaitingMachine, said: dict[str, Any]) -> None:
    refund, execution = waited_for(till, refunding)
    named = json.loads(json.dumps(said).replace("THE ID", refund.refund_id))

    is_told(*a_webhook(refund, **named))

    assert refunding.resumed_with(execution) == "done"


@pytest.mark.parametrize(
    "said",
    [
        {"amount": "100.00"},
        {"amount": "much"},
        {"event": "refund.pending", "status": "pending", "amount": "350.00"},
        {"meta": {"refund_id": "rfd_of_another"}},
        {"tx_ref": "pay_of_another", "meta": {"refund_id": "THE ID"}},
        {"event": "charge.success", "status": "success", "amount": "350.00"},
    ],
)
def test_what_says_nothing_of_this_refund_changes_nothing(
    till: Till, refunding: WaitingMachine, said: dict[str, Any]
) -> None:
    refund, execution = waited_for(till, refunding)
    named = json.loads(json.dumps(said).replace("THE ID", refund.refund_id))

    assert is_told(*a_webhook(refund, **named)) == 200

    assert standing(refund) == ("asked", None)
    assert refunding.is_running(execution)


def test_a_forged_webhook_ends_no_refund(till: Till, refunding: WaitingMachine) -> None:
    refund, execution = waited_for(till, refunding)
    body, _ = a_webhook(refund, amount="350.00")

    assert is_told(body, "0" * 64) == 401

    assert refunding.is_running(execution)
    assert standing(refund) == ("asked", None)


def test_a_refund_that_came_to_nothing_needs_attention(till: Till, refunding: WaitingMachine) -> None:
    refund, execution = waited_for(till, refunding)

    is_told(*a_webhook(refund, event="refund.failed", status="failed", amount="350.00"))

    assert refunding.resumed_with(execution) == "needs_attention"
    assert standing(refund) == ("needs_attention", RefundProblem.FAILED)
    assert execution.step("close_refund") == "needs_attention"


@pytest.mark.parametrize("is_named", [True, False])
def test_money_that_is_back_needs_nobody_any_more(till: Till, *, is_named: bool) -> None:
    refund = money_to_give_back(till)
    execution = Execution(refund.refund_id)
    till.fail("refund", "drop")
    with pytest.raises(Exception, match="Chapa"):
        execution.step("ask_refund")
    assert execution.step("ask_refund") == "needs_attention"
    till.pays_back(refund.tx_ref)

    is_told(*(till.webhook_of(refund.tx_ref, REFUNDED) if is_named else a_webhook(refund, amount="350.00")))

    assert standing(refund) == ("done", None)


def test_whoever_waits_is_woken_though_the_hint_died_before_it_woke_them(
    till: Till, refunding: WaitingMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund, execution = waited_for(till, refunding)
    till.pays_back(refund.tx_ref)
    hint = RefundHinted(refund.tx_ref, refund.refund_id, amount="350.00", standing=RefundStanding.DONE)
    with no_machine(monkeypatch), pytest.raises(EndpointConnectionError):
        settled(lambda: service.take_hint(hint))
    assert (standing(refund), refunding.is_running(execution)) == (("done", None), True)

    settled(lambda: service.take_hint(hint))

    assert refunding.resumed_with(execution) == "done"


def test_an_execution_that_failed_leaves_alone_what_the_provider_has_taken_on(till: Till) -> None:
    refund = money_to_give_back(till)
    execution = Execution(refund.refund_id)
    execution.step("ask_refund")

    assert execution.step("close_refund") == "asked"

    assert standing(refund) == ("asked", None)
    assert looked_after_at(refund) is not None


@pytest.mark.parametrize("order", [("close_refund", "ask_refund"), ("close_refund", "ask_refund", "close_refund")])
def test_nothing_is_asked_after_the_end(till: Till, order: tuple[str, ...]) -> None:
    refund = money_to_give_back(till)

    outcomes = {Execution(refund.refund_id).step(name) for name in order}

    assert outcomes == {"needs_attention"}
    assert till.back_of(refund.tx_ref) == []


def test_starting_twice_starts_once_and_what_is_over_not_at_all(refunding: WaitingMachine) -> None:
    refund = money_owed_back()
    for _ in range(2):
        service.start_refund(refund.refund_id)
    done = money_owed_back(RefundProblem.REFUSED)
    service.start_refund(done.refund_id)
    service.start_refund("rfd_none")

    assert refunding.was_started(Execution(refund.refund_id))
    assert not refunding.was_started(Execution(done.refund_id))
