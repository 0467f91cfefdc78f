"""Where do these tests play? In one ring, opened once."""

from collections.abc import Iterator

import pytest

from tests.ring.ring import Ring, a_ring


@pytest.fixture(scope="session")
def ring_cloud(embedded_cloud_url: str) -> str:
    return embedded_cloud_url


@pytest.fixture(scope="module")
def ring(ring_cloud: str) -> Iterator[Ring]:
    with a_ring(ring_cloud) as ring:
        yield ring
