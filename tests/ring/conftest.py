"""Where do these tests play? In one ring, opened once."""

from collections.abc import Iterator

import pytest

from tests.ring.ring import Ring, a_ring


@pytest.fixture(scope="module")
def ring(embedded_cloud_url: str) -> Iterator[Ring]:
    with a_ring(embedded_cloud_url) as ring:
        yield ring
