"""Is everything verified that is due, however much that is, and is a provider left alone that does not answer?"""

from types import SimpleNamespace

import pytest

from chalicelib.core import clock
from chalicelib.core.storage import keys, transactions
from chalicelib.payments import reactions, store
from chalicelib.payments.models import PaymentAttempt
from tests.support.builders import a_payment, birr
from tests.support.chapa import Till

# More than are read at once.
MANY = 120
NOTHING_LEFT = {"done": 0, "failed": 0}


@pytest.fixture
def time() -> SimpleNamespace:
    """What a Lambda context says of the time that is left."""
    return SimpleNamespace(get_remaining_time_in_millis=lambda: 60_000)


def are_due(count: int, *, since_seconds: int = 60) -> list[str]:
    """Attempts of one payment that are to be verified now."""
    a_payment()
    due = clock.as_text(clock.after(-since_seconds))
    for number in range(count):
        attempt = PaymentAttempt.at(
            keys.payment_attempt(f"pay_{number}"),
            tx_ref=f"pay_{number}",
            payment_id="pmt_1",
            amount=birr(350),
            made_at=due,
            gsi2pk=keys.ATTEMPTS_UNSETTLED,
            gsi2sk=due,
        )
        with transactions.write() as work:
            work.create(attempt, refusal=AssertionError())
    return [f"pay_{number}" for number in range(count)]


def asked(till: Till) -> list[str]:
    return [call["tx_ref"] for call in till.calls() if call["operation"] == "verify"]


def still_due() -> list[str]:
    return [each.tx_ref for each in store.attempts_to_check(clock.now(), limit=50)]


def test_all_that_is_due_is_verified_in_one_run(till: Till, time: SimpleNamespace) -> None:
    due = are_due(MANY)

    assert reactions.verify_due({}, time) == {"done": MANY, "failed": 0}

    assert sorted(asked(till)) == sorted(due)
    assert reactions.verify_due({}, time) == NOTHING_LEFT


def test_what_fails_and_is_due_again_at_once_is_asked_once_and_stops_nothing_behind_it(
    till: Till, time: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAYMENT_CHECK_SECONDS", "0")
    are_due(60)
    till.switch(answers={"verify": {"kind": "refuse", "times": 55}})

    assert reactions.verify_due({}, time) == {"done": 5, "failed": 55}

    assert len(asked(till)) == 60


def test_a_run_with_little_time_left_leaves_the_rest_and_says_how_long_it_has_been_due(
    till: Till, capsys: pytest.CaptureFixture[str]
) -> None:
    are_due(3, since_seconds=700)

    told = reactions.verify_due({}, SimpleNamespace(get_remaining_time_in_millis=lambda: 15_000))

    assert (told["done"], told["failed"]) == (0, 0)
    assert 700 <= told["overdue_seconds"] < 760
    assert (asked(till), len(still_due())) == ([], 3)
    assert '"ScheduledWorkOverdue"' in capsys.readouterr().out


def test_a_provider_that_hangs_is_left_alone_by_the_rest_of_a_run_and_by_the_next(
    till: Till, time: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAPA_PATIENCE_SECONDS", "1")
    monkeypatch.setenv("CHAPA_FAILURES", "2/60")
    are_due(5)
    till.switch(answers={"verify": {"kind": "hang", "seconds": 3}})

    first = reactions.verify_due({}, time)
    again = reactions.verify_due({}, time)

    assert (first["done"], first["failed"], again["done"], again["failed"]) == (0, 2, 0, 0)
    # Only what was asked about is put off; the others wait for whoever may ask again.
    assert len(still_due()) == 3
    assert [each.checks for each in store.attempts_to_check(clock.now(), limit=50)] == [0, 0, 0]


def test_what_is_left_is_asked_about_when_the_provider_answers_again(
    till: Till, time: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAPA_FAILURES", "2/60")
    monkeypatch.setenv("CHAPA_PAUSE_SECONDS", "0")
    are_due(5)
    till.switch(answers={"verify": {"kind": "html", "times": 2}})

    assert reactions.verify_due({}, time) == {"done": 3, "failed": 2}

    assert still_due() == []
