"""Does every payment end as an order, unpaid, or as a refund?"""

import pytest

from chalicelib.payments import service
from chalicelib.payments.errors import PaymentNotUsable
from chalicelib.payments.provider import ProviderUnavailable
from chalicelib.payments.rules import PaymentStatus
from chalicelib.payments.service import Closing, Opening
from tests.payments.builders import an_open_payment, is_watched, open_page, owed, refunds, verify
from tests.support.builders import a_payment, birr, the_payment
from tests.support.chapa import Till


def test_a_closed_payment_takes_no_money(till: Till) -> None:
    tx_ref = an_open_payment()

    assert service.close("pmt_1") is Closing.CLOSED
    assert service.close("pmt_1") is Closing.CLOSED
    assert till.payable() == []
    assert is_watched(tx_ref)


def test_closing_finds_the_money_that_came_meanwhile(till: Till) -> None:
    till.pay(an_open_payment())

    assert service.close("pmt_1") is Closing.CAPTURED
    assert the_payment().status == PaymentStatus.CAPTURED


def test_closing_goes_on_where_the_provider_failed(till: Till) -> None:
    an_open_payment()
    till.fail("cancel", "drop", takes_effect=False)
    with pytest.raises(ProviderUnavailable):
        service.close("pmt_1")

    assert service.close("pmt_1") is Closing.CLOSED
    assert till.payable() == []


def test_a_payment_that_was_never_opened_is_closed_without_the_provider(till: Till) -> None:
    a_payment()

    assert service.close("pmt_1") is Closing.CLOSED
    assert till.calls() == []


def test_only_captured_money_becomes_an_order(till: Till) -> None:
    an_open_payment()

    with pytest.raises(PaymentNotUsable):
        service.redeem(the_payment())


def test_captured_money_without_an_order_goes_back_once(till: Till) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    verify(tx_ref)

    service.owe_back(the_payment())

    assert the_payment().status == PaymentStatus.REFUND_DUE
    assert owed() == [(tx_ref, "no_order", birr(350))]
    assert refunds()[0].reference == till.known()[0]["reference"]
    assert open_page() == (Opening.CLOSED, None)
