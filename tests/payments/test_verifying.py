"""Does every birr that comes count once, and only if it is what was asked for?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core import clock
from chalicelib.core.storage import transactions
from chalicelib.core.storage.transactions import settled
from chalicelib.payments import reactions, service
from chalicelib.payments.rules import AttemptStatus, PaymentStatus
from chalicelib.payments.service.attempts import put_off
from tests.payments.builders import PAGE, an_open_payment, attempt, is_watched, owed, verify
from tests.support.account import Account
from tests.support.builders import a_payment, the_payment
from tests.support.chapa import Till
from tests.support.recorded_calls import recording


def test_money_that_came_is_captured_once_and_announced(till: Till, aws: Account) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)

    with recording(aws.dynamodb) as calls:
        verify(tx_ref)

    payment = the_payment()
    assert (payment.status, payment.captured_tx_ref) == (PaymentStatus.CAPTURED, tx_ref)
    assert payment.event is not None
    assert payment.event["type"] == "payment.captured"
    assert payment.event["data"] == {
        "payment_id": "pmt_1",
        "checkout_id": "chk_1",
        "owner": "usr_almaz",
        "tx_ref": tx_ref,
    }
    assert attempt(tx_ref).reference == till.known()[0]["reference"]
    assert not is_watched(tx_ref)
    assert calls.operations == ["GetItem", "GetItem", "PutItem", "GetItem", "PutItem"]


def test_verifying_again_changes_nothing(till: Till) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    verify(tx_ref)
    first = the_payment().version

    verify(tx_ref)

    assert the_payment().version == first
    assert owed() == []


def test_ten_who_verify_at_once_make_one_event(till: Till) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)
    before = the_payment().version

    with ThreadPoolExecutor(10) as together:
        list(together.map(verify, [tx_ref] * 10))

    assert the_payment().version == before + 1
    assert attempt(tx_ref).status == AttemptStatus.CAPTURED
    assert owed() == []


def test_a_reference_that_is_not_ours_is_ignored(till: Till) -> None:
    verify("pay_of_somebody_else")

    assert till.calls() == []


def test_an_unpaid_page_is_looked_at_later_and_later(till: Till) -> None:
    tx_ref = an_open_payment()
    looks = []
    for _ in range(3):
        verify(tx_ref)
        looks.append(clock.from_text(str(attempt(tx_ref).gsi2sk)) - clock.now())

    minutes = [round(pause.total_seconds() / 60) for pause in looks]
    assert minutes == [2, 4, 8]
    assert the_payment().status == PaymentStatus.OPEN


def test_a_failed_try_changes_nothing_while_the_page_lives(till: Till) -> None:
    tx_ref = an_open_payment()
    till.decline(tx_ref)

    verify(tx_ref)

    assert the_payment().status == PaymentStatus.OPEN
    assert attempt(tx_ref).status == AttemptStatus.CREATED
    till.pay(tx_ref)
    verify(tx_ref)
    assert the_payment().status == PaymentStatus.CAPTURED


def test_a_failed_try_ends_the_attempt_when_the_page_is_over(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    tx_ref = an_open_payment()
    till.decline(tx_ref)
    monkeypatch.setenv("PAYMENT_LINK_SECONDS", "0")

    verify(tx_ref)

    assert attempt(tx_ref).status == AttemptStatus.ENDED
    assert not is_watched(tx_ref)


def test_an_unpaid_attempt_is_not_watched_for_ever(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    tx_ref = an_open_payment()
    monkeypatch.setenv("PAYMENT_CHECKED_FOR_SECONDS", "0")

    verify(tx_ref)

    assert attempt(tx_ref).status == AttemptStatus.ENDED


def test_money_on_an_attempt_that_was_given_up_is_still_taken_notice_of(till: Till) -> None:
    tx_ref = an_open_payment()
    till.decline(tx_ref)
    service.close("pmt_1")
    assert attempt(tx_ref).status == AttemptStatus.ENDED
    till.pay(tx_ref, force=True)

    verify(tx_ref)

    assert the_payment().status == PaymentStatus.CAPTURED


def test_an_attempt_that_was_given_up_and_is_not_paid_stays_so(till: Till) -> None:
    tx_ref = an_open_payment()
    till.decline(tx_ref)
    service.close("pmt_1")

    verify(tx_ref)

    assert attempt(tx_ref).status == AttemptStatus.ENDED
    assert not is_watched(tx_ref)


def test_a_silent_capture_is_found_when_its_time_has_come(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYMENT_CHECK_SECONDS", "0")
    tx_ref = an_open_payment()
    till.pay(tx_ref)

    assert reactions.verify_due({}, None) == {"done": 1, "failed": 0}
    assert the_payment().status == PaymentStatus.CAPTURED
    assert reactions.verify_due({}, None) == {"done": 0, "failed": 0}


def test_a_payment_whose_time_has_not_come_is_left_alone(till: Till) -> None:
    an_open_payment()

    assert service.verify_due() == {"done": 0, "failed": 0}


def test_one_payment_that_cannot_be_verified_stops_no_other(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYMENT_CHECK_SECONDS", "0")
    broken = an_open_payment()
    a_payment(payment_id="pmt_2")
    settled(lambda: service.open_page("pmt_2", PAGE))
    till.switch(broken, answers={"verify": {"kind": "html"}})
    till.pay(the_payment("pmt_2").tx_refs[0])

    assert service.verify_due() == {"done": 1, "failed": 1}
    assert the_payment("pmt_2").status == PaymentStatus.CAPTURED


def test_what_the_provider_never_answers_is_asked_later_and_later(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    tx_ref = an_open_payment()
    till.switch(tx_ref, answers={"verify": {"kind": "refuse"}})
    pauses = []
    for _ in range(3):
        put_off(tx_ref)
        pauses.append(clock.from_text(str(attempt(tx_ref).gsi2sk)) - clock.now())

    assert [round(pause.total_seconds() / 60) for pause in pauses] == [2, 4, 8]
    assert attempt(tx_ref).checks == 3


def test_what_the_provider_never_answers_is_given_up_and_people_are_told(
    till: Till, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAYMENT_CHECK_SECONDS", "0")
    tx_ref = an_open_payment()
    till.switch(tx_ref, answers={"verify": {"kind": "refuse"}})
    assert service.verify_due() == {"done": 0, "failed": 1}
    assert is_watched(tx_ref)
    assert "AttemptsGivenUp" not in capsys.readouterr().out
    monkeypatch.setenv("PAYMENT_CHECKED_FOR_SECONDS", "0")

    assert service.verify_due() == {"done": 0, "failed": 1}

    assert (attempt(tx_ref).status, is_watched(tx_ref)) == (AttemptStatus.ENDED, False)
    assert "AttemptsGivenUp" in capsys.readouterr().out
    assert service.verify_due() == {"done": 0, "failed": 0}


def test_who_captured_is_not_given_up_as_unpaid(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    tx_ref = an_open_payment()
    payment = the_payment()
    payment.status, payment.captured_tx_ref = PaymentStatus.CAPTURED, tx_ref
    with transactions.write() as work:
        work.save(payment)
    monkeypatch.setenv("PAYMENT_CHECKED_FOR_SECONDS", "0")

    put_off(tx_ref)

    assert (attempt(tx_ref).status, is_watched(tx_ref)) == (AttemptStatus.CAPTURED, False)


def test_a_payment_that_cannot_be_verified_does_not_crowd_out_the_others(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAYMENT_CHECK_SECONDS", "0")
    till.switch(an_open_payment(), answers={"verify": {"kind": "html"}})
    monkeypatch.setenv("PAYMENT_CHECK_SECONDS", "60")

    assert service.verify_due() == {"done": 0, "failed": 1}
    assert service.verify_due() == {"done": 0, "failed": 0}
