"""Which fixtures does every test have?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import configuration
from hypothesis import settings as property_tests

from infra.local.embedded_cloud import EmbeddedCloud
from infra.local.ports import free_port
from tests.support.account import Account, fresh_account

LOCAL = Path(__file__).parent.parent / ".local" / "tests"

configuration.set_hypothesis_home_dir(LOCAL / "properties")
property_tests.register_profile("shop", deadline=None)
property_tests.load_profile("shop")


@pytest.fixture(scope="session")
def embedded_cloud_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run one embedded cloud for all tests of the session."""
    with EmbeddedCloud(LOCAL / tmp_path_factory.mktemp("cloud").parent.name, free_port(), keeps_data=False) as cloud:
        yield cloud.endpoint_url


@pytest.fixture
def aws(embedded_cloud_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """Give the test an empty account of its own, and point the shop's code at it."""
    with fresh_account(embedded_cloud_url, monkeypatch) as account:
        yield account
