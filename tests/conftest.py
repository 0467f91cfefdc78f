"""What may any test ask for? A cloud of this run, an account of its own, and a deployed shop."""

import os
import tempfile
from collections.abc import Iterator

import pytest

from infra.clouds import Cloud
from infra.local.embedded_cloud import EmbeddedCloud
from infra.packaging import REPOSITORY
from tests.support import cloud as clouds
from tests.support.cloud import Shop


def pytest_configure() -> None:
    """Keep temporary files, those of child processes too, inside the project."""
    folder = REPOSITORY / ".local" / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


@pytest.fixture(scope="session")
def embedded_cloud() -> Iterator[EmbeddedCloud]:
    """The one embedded cloud of this test run, started when the first test asks for it."""
    with clouds.running_cloud() as running:
        yield running


@pytest.fixture
def aws(embedded_cloud: EmbeddedCloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """A fresh account with the table, secrets and topic in it; product code in this process is connected to it."""
    account = clouds.fresh_account(embedded_cloud.endpoint_url)
    for name, value in clouds.furnished(account).items():
        monkeypatch.setenv(name, value)
    clouds.forget_clients()
    yield account
    clouds.forget_clients()


@pytest.fixture(scope="session")
def shop(request: pytest.FixtureRequest) -> Shop:
    """The deployed template, its durations in seconds; on the cloud that `CLOUD` names."""
    running = request.getfixturevalue("embedded_cloud") if clouds.is_embedded() else None
    return clouds.deployed_shop(running, {})
