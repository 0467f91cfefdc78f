"""Does a shopper get exactly one page to pay on, whatever answer is lost?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core.storage import transactions
from chalicelib.core.storage.transactions import settled
from chalicelib.payments import service
from chalicelib.payments.chapa import provider
from chalicelib.payments.provider import LinkRequest, ProviderUnavailable
from chalicelib.payments.rules import AttemptStatus, PaymentStatus
from chalicelib.payments.service import Opening
from tests.payments.builders import is_watched, open_page, statuses
from tests.support.account import Account
from tests.support.builders import BUYER, RETURN_URL, a_payment, birr, the_payment
from tests.support.chapa import Till
from tests.support.faults import failing
from tests.support.recorded_calls import recording
from tests.support.waiting import eventually


def test_a_page_is_one_attempt_that_is_written_down_before_the_provider_is_asked(till: Till, aws: Account) -> None:
    a_payment()

    with recording(aws.dynamodb) as calls:
        opening, url = open_page()

    assert (opening, url) == (Opening.OPENED, the_payment().checkout_url)
    assert the_payment().status == PaymentStatus.OPEN
    assert statuses() == [AttemptStatus.CREATED]
    assert [the_payment().page_tx_ref] == the_payment().tx_refs
    assert till.payable() == the_payment().tx_refs
    assert calls.operations == ["GetItem", "PutItem", "GetItem", "PutItem"]


def test_a_first_attempt_that_was_stored_and_no_more_was_sent_to_nobody(till: Till, aws: Account) -> None:
    a_payment()
    with failing(aws.dynamodb, "GetItem", "ValidationException", after=1), pytest.raises(Exception, match="Validation"):
        open_page()
    assert till.known() == []

    assert open_page()[0] is Opening.OPENED

    assert till.payable() == the_payment().tx_refs[1:]


def test_an_attempt_that_its_payment_did_not_come_to_list_was_sent_to_nobody(till: Till, aws: Account) -> None:
    a_payment()
    till.fail("initialize", "drop", takes_effect=False)
    with pytest.raises(ProviderUnavailable):
        open_page()
    # The first attempt is there already, the payment is saved before it is given up, and the second one stored.
    with failing(aws.dynamodb, "PutItem", "ValidationException", after=3), pytest.raises(Exception, match="Validation"):
        open_page()
    assert (till.known(), len(the_payment().tx_refs)) == ([], 1)

    assert open_page()[0] is Opening.OPENED

    assert till.payable() == the_payment().tx_refs[1:]


def test_a_payment_without_attempts_gets_its_page_as_well(till: Till) -> None:
    payment = a_payment()
    payment.tx_refs = []
    with transactions.write() as work:
        work.save(payment)

    assert open_page()[0] is Opening.OPENED

    assert till.payable() == the_payment().tx_refs


def test_asking_again_gives_the_same_page(till: Till) -> None:
    a_payment()

    assert open_page() == open_page()
    assert len(till.known()) == 1


def test_a_page_whose_answer_was_lost_is_cancelled_before_another_is_made(till: Till) -> None:
    a_payment()
    till.fail("initialize", "drop")
    with pytest.raises(ProviderUnavailable):
        open_page()
    assert len(till.payable()) == 1

    opening, url = open_page()

    lost, second = the_payment().tx_refs
    assert opening is Opening.OPENED
    assert till.payable() == [second]
    assert str(url).endswith(till.known()[1]["token"])
    assert is_watched(lost)


def test_a_page_whose_answer_was_lost_is_verified_before_another_is_made(till: Till) -> None:
    a_payment()
    till.fail("initialize", "drop")
    with pytest.raises(ProviderUnavailable):
        open_page()
    [lost] = the_payment().tx_refs

    open_page()

    asked = [(call["operation"], call["tx_ref"]) for call in till.calls()]
    second = the_payment().tx_refs[-1]
    assert asked == [("initialize", lost), ("cancel", lost), ("verify", lost), ("initialize", second)]


def test_money_on_a_page_whose_answer_was_lost_is_found_and_no_other_page_is_made(till: Till) -> None:
    a_payment()
    till.fail("initialize", "drop")
    with pytest.raises(ProviderUnavailable):
        open_page()
    till.pay(the_payment().tx_refs[0])

    assert open_page() == (Opening.OPENED, None)

    assert (the_payment().status, len(till.known())) == (PaymentStatus.CAPTURED, 1)


def test_no_page_is_asked_for_while_a_lost_one_may_be_payable(till: Till) -> None:
    a_payment()
    till.fail("initialize", "drop")
    with pytest.raises(ProviderUnavailable):
        open_page()
    till.fail("cancel", "drop", takes_effect=False)

    with pytest.raises(ProviderUnavailable):
        open_page()

    assert len(till.known()) == 1


def test_a_try_that_never_reached_the_provider_costs_nothing_but_another(till: Till) -> None:
    a_payment()
    till.fail("initialize", "html")
    with pytest.raises(ProviderUnavailable):
        open_page()

    assert open_page()[0] is Opening.OPENED
    assert len(till.payable()) == 1


def test_many_who_ask_at_once_leave_one_payable_page_and_are_given_it(till: Till) -> None:
    a_payment()

    with ThreadPoolExecutor(4) as together:
        given = list(together.map(lambda _: open_page(), range(4)))

    [payable] = till.payable()
    [page] = [each for each in till.known() if each["tx_ref"] == payable]
    assert {url for _, url in given} == {the_payment().checkout_url}
    assert str(the_payment().checkout_url).endswith(page["token"])


def test_a_page_that_somebody_else_just_made_is_not_cancelled_under_the_shopper(till: Till) -> None:
    a_payment()
    till.switch(
        no_callback=True,
        answers={
            "initialize": {"kind": "hang", "seconds": 1, "times": 1},
            "cancel": {"kind": "hang", "seconds": 2, "times": 1},
        },
    )

    with ThreadPoolExecutor(2) as together:
        first = together.submit(open_page)
        eventually(till.known, 10, "the first page is being made")
        second = together.submit(open_page)

    assert first.result() == second.result()
    [payable] = till.payable()
    [page] = [each for each in till.known() if each["tx_ref"] == payable]
    assert str(the_payment().checkout_url).endswith(page["token"])


def test_a_page_that_comes_after_it_was_given_up_is_cancelled_too(till: Till) -> None:
    a_payment()
    till.switch(no_callback=True, answers={"initialize": {"kind": "drop", "times": 1, "takes_effect": False}})
    with pytest.raises(ProviderUnavailable):
        open_page()
    open_page()
    late, second = the_payment().tx_refs
    provider().open_link(LinkRequest(late, birr(350), RETURN_URL, BUYER))

    open_page()

    assert till.payable() == [second]


def test_a_refused_page_is_an_outcome(till: Till) -> None:
    a_payment()
    till.fail("initialize", "refuse")

    assert open_page() == (Opening.REFUSED, None)
    assert statuses() == [AttemptStatus.REFUSED]


def test_a_closed_payment_gets_no_page(till: Till) -> None:
    a_payment()
    service.close("pmt_1")

    assert open_page() == (Opening.CLOSED, None)
    assert till.known() == []


def test_a_payment_that_closes_before_its_first_attempt_is_stored_has_none_sent(till: Till, aws: Account) -> None:
    a_payment()

    with failing(aws.dynamodb, "PutItem", "ThrottlingException", before=lambda: service.close("pmt_1")):
        assert open_page() == (Opening.CLOSED, None)

    assert statuses() == [AttemptStatus.CREATED]
    assert till.known() == []


def test_a_payment_that_closes_while_its_page_is_made_leaves_none_payable(till: Till) -> None:
    a_payment()
    till.fail("initialize", "hang", seconds=1)

    with ThreadPoolExecutor(1) as other:
        asking = other.submit(open_page)
        eventually(till.known, 10, "the page is being made")
        settled(lambda: service.close("pmt_1"))

    assert asking.result() == (Opening.CLOSED, None)
    assert till.payable() == []
