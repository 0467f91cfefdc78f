"""Where do these tests play? In one ring, opened once."""

import sys
from collections.abc import Callable, Iterator

import pytest

from tests.ring.ring import Ring, a_ring


@pytest.fixture(scope="module")
def ring(embedded_cloud_url: str) -> Iterator[Ring]:
    with a_ring(embedded_cloud_url) as ring:
        yield ring


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Say something in the midst of the tests' dots."""

    def say(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{text}\n")

    return say
