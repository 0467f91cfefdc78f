"""Is a service that fails left alone for a while, and tried again by one call?"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core import circuits
from chalicelib.core.circuits import Circuit
from chalicelib.core.rates import Rate
from tests.ring.moving_clock import MovingClock, moving_clock

LIMIT, PAUSE = Rate(3, 60), 30


@pytest.fixture
def time() -> Iterator[MovingClock]:
    with pytest.MonkeyPatch.context() as patch, moving_clock(patch) as moving:
        yield moving


def a_circuit() -> Circuit:
    circuits.forget()
    return circuits.circuit("https://chapa.test", limit=LIMIT, pause_seconds=PAUSE)


def an_open_circuit() -> Circuit:
    circuit = a_circuit()
    for _ in range(3):
        circuit.failed()
    return circuit


def test_a_service_that_answers_is_always_called(time: MovingClock) -> None:
    circuit = a_circuit()

    for _ in range(10):
        assert circuit.seconds_to_wait() == 0
        circuit.answered()


def test_some_failures_within_the_window_open_it(time: MovingClock, capsys: pytest.CaptureFixture[str]) -> None:
    circuit = a_circuit()

    circuit.failed()
    circuit.failed()
    assert circuit.seconds_to_wait() == 0
    circuit.failed()

    assert circuit.seconds_to_wait() == PAUSE
    assert "CircuitsOpened" in capsys.readouterr().out


def test_an_answer_between_failures_begins_the_count_anew(time: MovingClock) -> None:
    circuit = a_circuit()

    for _ in range(5):
        circuit.failed()
        circuit.failed()
        circuit.answered()

    assert circuit.seconds_to_wait() == 0


def test_failures_that_lie_far_apart_open_nothing(time: MovingClock) -> None:
    circuit = a_circuit()

    for _ in range(6):
        circuit.failed()
        time.move(31)

    assert circuit.seconds_to_wait() == 0


def test_after_the_pause_one_call_is_let_through(time: MovingClock) -> None:
    circuit = an_open_circuit()
    time.move(PAUSE - 1)
    assert circuit.seconds_to_wait() == 1
    time.move(1)

    with ThreadPoolExecutor(8) as together:
        waits = list(together.map(lambda _: circuit.seconds_to_wait(), range(8)))

    assert sorted(waits) == [0] + [PAUSE] * 7


def test_its_answer_closes_the_circuit(time: MovingClock) -> None:
    circuit = an_open_circuit()
    time.move(PAUSE)
    assert circuit.seconds_to_wait() == 0

    circuit.answered()

    assert [circuit.seconds_to_wait(), circuit.seconds_to_wait()] == [0, 0]


def test_its_failure_opens_it_again_at_once(time: MovingClock) -> None:
    circuit = an_open_circuit()
    time.move(100)
    assert circuit.seconds_to_wait() == 0

    circuit.failed()

    assert circuit.seconds_to_wait() == PAUSE


def test_a_call_that_never_told_what_came_of_it_blocks_nobody_for_ever(time: MovingClock) -> None:
    circuit = an_open_circuit()
    time.move(PAUSE)
    circuit.seconds_to_wait()

    time.move(PAUSE)

    assert circuit.seconds_to_wait() == 0


def test_services_do_not_suffer_for_each_other(time: MovingClock) -> None:
    an_open_circuit()

    assert circuits.circuit("https://other.test", limit=LIMIT, pause_seconds=PAUSE).seconds_to_wait() == 0
    assert circuits.circuit("https://chapa.test", limit=LIMIT, pause_seconds=PAUSE).seconds_to_wait() == PAUSE
