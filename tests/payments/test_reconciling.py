"""Is money found that only the provider knows of?"""

import pytest

from chalicelib.payments.chapa import Chapa
from chalicelib.payments.provider import ProviderUnavailable, RecordedPage
from chalicelib.payments.rules import PaymentStatus
from infra.commands.reconcile_payments import Gap, gaps, mend
from infra.local.serving import json_reply
from tests.payments.builders import a_request, an_open_payment, verify
from tests.support.account import Account
from tests.support.builders import the_payment
from tests.support.chapa import Till, a_strange_provider


def found() -> list[Gap]:
    return list(gaps(pages=10))


def test_what_both_know_is_no_gap(till: Till) -> None:
    tx_ref = an_open_payment()
    assert found() == []
    till.pay(tx_ref)
    verify(tx_ref)

    assert found() == []


def test_money_that_the_shop_never_heard_of_is_found_and_gets_its_fate(till: Till) -> None:
    tx_ref = an_open_payment()
    till.pay(tx_ref)

    [gap] = found()
    assert (gap.tx_ref, gap.is_ours) == (tx_ref, True)
    mend(gap)

    assert the_payment().status == PaymentStatus.CAPTURED
    assert found() == []


def test_a_reference_of_somebody_elses_is_named(till: Till) -> None:
    Chapa().open_link(a_request("sold-at-a-fair"))
    till.pay("sold-at-a-fair")

    [gap] = found()

    assert (gap.tx_ref, gap.is_ours, gap.reference) == ("sold-at-a-fair", False, till.known()[0]["reference"])
    assert "unknown here" in str(gap)


def test_every_page_is_read_and_no_more_than_were_wanted(till: Till) -> None:
    for number in range(21):
        Chapa().open_link(a_request(f"fair-{number:02}"))
        till.pay(f"fair-{number:02}")

    assert [gap.tx_ref for gap in found()] == [f"fair-{number:02}" for number in reversed(range(21))]
    assert len(list(gaps(pages=1))) == 20


def test_what_failed_is_not_money(till: Till) -> None:
    till.decline(an_open_payment())

    assert found() == []


@pytest.mark.parametrize("data", [None, [], "soon"])
def test_a_list_that_cannot_be_read_is_no_empty_list(
    aws: Account, monkeypatch: pytest.MonkeyPatch, data: object
) -> None:
    with a_strange_provider(json_reply(200, {"data": data}), monkeypatch), pytest.raises(ProviderUnavailable):
        found()


def test_rows_that_say_nothing_are_passed_over(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [None, "x", {"status": None}, {"status": "refunded", "trans_id": "pay_1"}]

    with a_strange_provider(json_reply(200, {"data": {"transactions": rows}}), monkeypatch):
        assert Chapa().recorded(1) == RecordedPage((), has_more=False)
