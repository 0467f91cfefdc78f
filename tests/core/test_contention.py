"""Is the shop patient when others write the same, and never wrong about why it gave up?"""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError
from pynamodb.exceptions import PutError, TransactWriteError

from chalicelib.core.errors import Busy
from chalicelib.core.storage.table import find
from chalicelib.core.storage.transactions import StaleItem, WriteContended, settled, write
from tests.core.a_store import OTHER, SACK, SHELF, Refused, Sack, Shelf, a_sack, a_shelf, create_both, label, rename
from tests.support.account import Account
from tests.support.faults import failing


def test_a_conflict_is_waited_out(aws: Account) -> None:
    with (
        failing(
            aws.dynamodb,
            "TransactWriteItems",
            "TransactionCanceledException",
            times=3,
            reasons=["None", "TransactionConflict"],
        ) as fault,
        write() as work,
    ):
        work.create(Sack.at(SACK))
        work.create(Sack.at(OTHER))

    assert fault.made == 3
    assert find(Sack, OTHER) is not None


@pytest.mark.parametrize("error", ["TransactionConflictException", "ProvisionedThroughputExceededException"])
def test_a_single_write_waits_too(aws: Account, error: str) -> None:
    with failing(aws.dynamodb, "PutItem", error, times=2) as fault:
        a_sack()

    assert fault.made == 2
    assert find(Sack, SACK) is not None


def test_a_refusal_beside_a_conflict_is_a_refusal(aws: Account) -> None:
    reasons = ["ConditionalCheckFailed", "TransactionConflict"]
    conflict = ("TransactWriteItems", "TransactionCanceledException")

    with failing(aws.dynamodb, *conflict, reasons=reasons) as fault, pytest.raises(Refused) as refused:
        create_both()

    assert refused.value.facts == {"number": 1}
    assert fault.made == 1


def test_contention_that_outlasts_the_patience_is_never_a_refusal(
    aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "0")
    reasons = ["TransactionConflict", "None"]
    conflict = ("TransactWriteItems", "TransactionCanceledException")

    with failing(aws.dynamodb, *conflict, times=100, reasons=reasons), pytest.raises(WriteContended):
        create_both()

    assert find(Sack, SACK) is None


def test_settled_answers_busy_when_others_never_stop(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "0")
    tries: list[int] = []

    def stale() -> None:
        tries.append(1)
        raise StaleItem("somebody was faster")

    with pytest.raises(Busy):
        settled(stale)

    assert tries == [1]


def test_settled_reads_and_decides_anew(aws: Account) -> None:
    a_shelf("first")
    tries: list[str] = []

    def relabel() -> None:
        shelf = find(Shelf, SHELF)
        assert shelf is not None
        tries.append(shelf.label)
        if len(tries) == 1:
            rename("second")
        shelf.label += " floor"
        with write() as work:
            work.save(shelf)

    settled(relabel)

    assert tries == ["first", "second"]
    assert label() == "second floor"


def test_what_is_no_contention_is_raised_at_once(aws: Account) -> None:
    with (
        failing(aws.dynamodb, "PutItem", "AccessDeniedException", times=9) as fault,
        pytest.raises(PutError, match="Denied"),
    ):
        a_sack()

    assert fault.made == 1


@pytest.mark.parametrize(("operation", "create"), [("PutItem", a_sack), ("TransactWriteItems", create_both)])
def test_a_connection_that_is_lost_is_told_as_such(aws: Account, operation: str, create: Callable[[], object]) -> None:
    def hangs_up(request: Any, **_: Any) -> None:
        raise ConnectionClosedError(endpoint_url=request.url)

    aws.dynamodb.meta.events.register_first(f"before-send.dynamodb.{operation}", hangs_up)
    with pytest.raises((PutError, TransactWriteError)) as failure:
        create()

    assert isinstance(failure.value.cause, ConnectionClosedError)


def test_a_transaction_whose_answer_is_lost_counts_once(aws: Account) -> None:
    a_sack()
    lost = failing(aws.dynamodb, "TransactWriteItems", "InternalServerError", status=500, is_carried_out=True)

    with lost as fault, write() as work:
        work.create(Sack.at(OTHER))
        work.update(Sack.at(SACK), [Sack.kilograms.set(Sack.kilograms - 1)], when=Sack.kilograms >= 1)

    assert fault.made == 1
    sack = find(Sack, SACK)
    assert sack is not None
    assert sack.kilograms == 9


def test_a_put_whose_answer_is_lost_is_not_refused_by_itself(aws: Account) -> None:
    a_shelf("first")
    shelf = find(Shelf, SHELF)
    assert shelf is not None
    shelf.label = "second"

    with failing(aws.dynamodb, "PutItem", "InternalServerError", status=500, is_carried_out=True) as fault:
        a_sack()
    with failing(aws.dynamodb, "PutItem", "InternalServerError", status=500, is_carried_out=True), write() as work:
        work.save(shelf, refusal=Refused())

    assert fault.made == 1
    assert (find(Sack, SACK) is None, label()) == (False, "second")


def test_a_put_that_is_sent_again_still_respects_what_others_wrote(aws: Account) -> None:
    a_sack()
    mine = Sack.at(SACK, kilograms=11)
    repeated = failing(aws.dynamodb, "PutItem", "InternalServerError", status=500)

    with repeated as fault, pytest.raises(Refused), write() as work:
        work.create(mine, refusal=Refused())

    sack = find(Sack, SACK)
    assert sack is not None
    assert (fault.made, sack.kilograms) == (1, 10)
