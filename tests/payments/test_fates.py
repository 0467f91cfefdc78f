"""What becomes of money that is not what was asked for? Each birr has a fate, and none is lost silently."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.core.money import Money
from chalicelib.payments import service
from chalicelib.payments.provider import ProviderUnavailable
from chalicelib.payments.rules import AttemptStatus, PaymentStatus
from tests.payments.builders import an_open_payment, attempt, is_watched, open_page, owed, statuses, verify
from tests.support.account import Account
from tests.support.builders import a_payment, birr, the_payment
from tests.support.chapa import Till
from tests.support.faults import failing


@pytest.mark.parametrize(
    ("recorded", "due"),
    [
        ({"amount": 1}, birr(1)),
        ({"currency": "USD"}, Money(35_000, "USD")),
        ({"mode": "live"}, birr(350)),
        ({"mode": None}, birr(350)),
        ({"tx_ref": "pay_other"}, birr(350)),
        ({"amount": "much"}, birr(350)),
    ],
)
def test_money_that_is_not_what_was_asked_is_put_aside_and_owed_back(
    till: Till, recorded: dict[str, Any], due: Money
) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    till.switch(no_callback=True, verify_fields=recorded)

    verify(tx_ref)
    verify(tx_ref)

    assert the_payment().status == PaymentStatus.CLOSED
    assert statuses() == [AttemptStatus.MISMATCHED]
    assert owed() == [(tx_ref, "not_as_asked", due)]


def test_a_capture_that_its_attempt_did_not_come_to_hear_of_is_noted_at_the_next_look(till: Till, aws: Account) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    with failing(aws.dynamodb, "PutItem", "ValidationException", after=1), pytest.raises(Exception, match="Validation"):
        verify(tx_ref)
    assert (the_payment().status, attempt(tx_ref).status) == (PaymentStatus.CAPTURED, AttemptStatus.CREATED)

    verify(tx_ref)

    assert attempt(tx_ref).status == AttemptStatus.CAPTURED
    assert not is_watched(tx_ref)
    assert owed() == []


def test_more_than_was_asked_becomes_the_order_and_the_difference_goes_back(till: Till) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    till.switch(no_callback=True, verify_fields={"amount": 351.01})

    verify(tx_ref)
    verify(tx_ref)

    assert (the_payment().status, the_payment().excess) == (PaymentStatus.CAPTURED, Money(101, "ETB"))
    assert owed() == []
    service.redeem(the_payment())
    assert owed() == [(tx_ref, "paid_too_much", Money(101, "ETB"))]


@pytest.mark.parametrize("birr_paid", [400, 1_000])
def test_all_that_came_has_its_fate_though_its_attempt_did_not_come_to_hear_of_it(
    till: Till, aws: Account, birr_paid: int
) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    till.switch(no_callback=True, verify_fields={"amount": birr_paid})
    with failing(aws.dynamodb, "PutItem", "ValidationException", after=1), pytest.raises(Exception, match="Validation"):
        verify(tx_ref)
    assert attempt(tx_ref).paid is None

    service.redeem(the_payment())

    assert owed() == [(tx_ref, "paid_too_much", birr(birr_paid - 350))]
    assert attempt(tx_ref).paid == birr(birr_paid)


def test_all_that_came_goes_back_though_its_attempt_did_not_come_to_hear_of_it(till: Till, aws: Account) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    till.switch(no_callback=True, verify_fields={"amount": 400})
    with failing(aws.dynamodb, "PutItem", "ValidationException", after=1), pytest.raises(Exception, match="Validation"):
        verify(tx_ref)

    service.owe_back(the_payment())

    assert owed() == [(tx_ref, "no_order", birr(400))]


def test_more_than_was_asked_goes_back_whole_without_an_order(till: Till) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    till.switch(no_callback=True, verify_fields={"amount": 400})
    verify(tx_ref)

    service.owe_back(the_payment())

    assert owed() == [(tx_ref, "no_order", birr(400))]


def test_too_little_buys_nothing_and_another_page_can_still_be_paid(till: Till) -> None:
    a_payment()
    till.fail("initialize", "drop")
    with pytest.raises(ProviderUnavailable):
        open_page()
    open_page()
    short, whole = the_payment().tx_refs
    till.pay(short, force=True)
    till.pay(whole)
    till.switch(short, verify_fields={"amount": 349.99})

    verify(short)
    assert (the_payment().status, owed()) == (PaymentStatus.OPEN, [(short, "not_as_asked", Money(34_999, "ETB"))])
    verify(whole)

    assert (the_payment().status, the_payment().captured_tx_ref) == (PaymentStatus.CAPTURED, whole)


@pytest.mark.parametrize(
    ("has_charge", "status", "due"),
    [("true", PaymentStatus.USED, []), ("false", PaymentStatus.USED, [("paid_too_much", Money(1_225, "ETB"))])],
)
def test_a_charge_on_top_is_the_providers_where_the_setting_says_so(
    till: Till, monkeypatch: pytest.MonkeyPatch, has_charge: str, status: PaymentStatus, due: list[object]
) -> None:
    monkeypatch.setenv("CHAPA_AMOUNT_HAS_CHARGE", has_charge)
    till.chapa.state.memory.settings.charge_on_top = True
    tx_ref = an_open_payment()
    till.pay(tx_ref)

    verify(tx_ref)
    service.redeem(the_payment())

    assert the_payment().status == status
    assert [(reason, amount) for _, reason, amount in owed()] == due


def test_a_second_payment_for_the_same_goods_is_owed_back(till: Till) -> None:
    a_payment()
    till.fail("initialize", "drop")
    with pytest.raises(ProviderUnavailable):
        open_page()
    open_page()
    lost, second = the_payment().tx_refs
    till.pay(lost, force=True)
    till.pay(second)

    verify(lost)
    verify(second)
    verify(second)

    assert the_payment().captured_tx_ref == lost
    assert statuses() == [AttemptStatus.CAPTURED, AttemptStatus.SURPLUS]
    assert owed() == [(second, "paid_twice", birr(350))]


def test_two_payments_that_are_verified_at_once_are_one_capture_and_one_refund(till: Till) -> None:
    a_payment()
    till.fail("initialize", "drop")
    with pytest.raises(ProviderUnavailable):
        open_page()
    open_page()
    for tx_ref in the_payment().tx_refs:
        till.pay(tx_ref, force=True)

    with ThreadPoolExecutor(8) as together:
        list(together.map(verify, the_payment().tx_refs * 4))

    assert sorted(statuses()) == [AttemptStatus.CAPTURED, AttemptStatus.SURPLUS]
    assert len(owed()) == 1
