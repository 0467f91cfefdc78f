"""What if the provider takes captured money back? People see it, and nothing is sold for it."""

import pytest

from app import app
from chalicelib.payments import service
from chalicelib.payments.errors import PaymentNotUsable
from chalicelib.payments.rules import PaymentStatus
from tests.payments.builders import an_open_payment, attempt, owed, refunds, verify
from tests.payments.refund_builders import is_told, standing
from tests.support.builders import birr, the_payment
from tests.support.calling import Client
from tests.support.chapa import Till
from tests.support.tokens import token_for

REVERSED = "charge.reversed"


def taken_back(till: Till, tx_ref: str) -> None:
    till.reverses(tx_ref)
    for _ in range(2):
        assert is_told(*till.webhook_of(tx_ref, REVERSED)) == 200


def a_captured_payment(till: Till) -> str:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    verify(tx_ref)
    return tx_ref


def test_what_is_taken_back_from_an_order_is_listed_for_people(till: Till, capsys: pytest.CaptureFixture[str]) -> None:
    tx_ref = a_captured_payment(till)
    service.redeem(the_payment())

    taken_back(till, tx_ref)

    assert the_payment().status == PaymentStatus.USED
    assert owed() == [(tx_ref, "reversed", birr(350))]
    [refund] = refunds()
    assert standing(refund) == ("needs_attention", "reversed")
    assert capsys.readouterr().out.count("RefundNeedsAttention") >= 1
    assert attempt(tx_ref).refundable_minor == 0


def test_what_is_taken_back_buys_nothing_afterwards(till: Till) -> None:
    tx_ref = a_captured_payment(till)

    taken_back(till, tx_ref)

    assert the_payment().status == PaymentStatus.REFUND_DUE
    assert not service.is_covered(the_payment())
    with pytest.raises(PaymentNotUsable):
        service.redeem(the_payment())
    assert owed() == [(tx_ref, "reversed", birr(350))]


def test_nobody_asks_for_money_that_has_left(till: Till) -> None:
    tx_ref = a_captured_payment(till)
    taken_back(till, tx_ref)
    [refund] = refunds()
    keeper = Client(app).signed_with(token_for(permissions=["orders.refund"]))

    refused = keeper.post(f"/refunds/{refund.refund_id}/retries")

    assert (refused.status, refused.json["code"]) == (409, "refund_not_retryable")
    assert keeper.post(f"/refunds/{refund.refund_id}/closure", {"note": "Goods came back"}).status == 200
    assert till.back_of(tx_ref) == []


def test_a_webhook_alone_takes_nothing_back(till: Till) -> None:
    tx_ref = a_captured_payment(till)
    till.reverses(tx_ref)
    till.switch(no_callback=True, verify_fields={"status": "success"})

    assert is_told(*till.webhook_of(tx_ref, REVERSED)) == 200

    assert (the_payment().status, owed()) == (PaymentStatus.CAPTURED, [])


def test_what_goes_back_already_and_is_taken_back_rings(till: Till, capsys: pytest.CaptureFixture[str]) -> None:
    tx_ref = a_captured_payment(till)
    service.owe_back(the_payment())
    capsys.readouterr()

    taken_back(till, tx_ref)

    assert owed() == [(tx_ref, "no_order", birr(350))]
    assert "RefundNeedsAttention" in capsys.readouterr().out


def test_what_was_never_captured_cannot_be_taken_back(till: Till) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)

    taken_back(till, tx_ref)

    assert (the_payment().status, owed()) == (PaymentStatus.OPEN, [])
