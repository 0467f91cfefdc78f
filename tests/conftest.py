"""Which fixtures does every test have? The cloud of this run, an account of its own, and a deployed shop."""

import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import configuration
from hypothesis import settings as property_tests
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from infra import common_passwords
from infra.local.embedded_cloud import EmbeddedCloud
from infra.packaging import REPOSITORY
from tests.support import cloud as clouds
from tests.support.account import Account, fresh_account
from tests.support.cloud import Shop
from tests.support.telling import RecordProperty, Tell, show, telling

_DEPLOYED, _CONTRACT = "tests/cloud/", "tests/cloud/test_contract.py"
TEMPORARY = REPOSITORY / ".local" / f"tests-{os.getpid()}"


def pytest_configure() -> None:
    """Keep temporary files, those of child processes too, inside the project."""
    TEMPORARY.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(TEMPORARY)
    common_passwords.build()


class Halves(LoadScopeScheduling):
    """Tests run in halves side by side. Those of a file stay together, and so do all of the deployed shop.

    But for the contract, which takes longest: it has a shop of its own, beside them.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return _DEPLOYED if file.startswith(_DEPLOYED) and file != _CONTRACT else file


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In halves, begin with what takes long. In one piece, end with the contract, which leaves much behind to read."""

    def turn(item: pytest.Item) -> int:
        file = item.nodeid.partition("::")[0]
        if not hasattr(config, "workerinput"):
            return int(file == _CONTRACT)
        return 0 if file == _CONTRACT else 1 if file.startswith(_DEPLOYED) else 2

    items.sort(key=turn)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Halves:
    return Halves(config, log)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    show(terminalreporter)


def pytest_unconfigure() -> None:
    shutil.rmtree(TEMPORARY, ignore_errors=True)


configuration.set_hypothesis_home_dir(TEMPORARY / "properties")
property_tests.register_profile("shop", deadline=None)
property_tests.load_profile("shop")


@pytest.fixture
def tell(record_property: RecordProperty) -> Tell:
    """Say something that is shown when all tests have run."""
    return telling(record_property)


@pytest.fixture(scope="session")
def embedded_cloud() -> Iterator[EmbeddedCloud]:
    """Run one embedded cloud for all tests of the session, from the first test that asks for it."""
    with clouds.running_cloud() as running:
        yield running


@pytest.fixture(scope="session")
def embedded_cloud_url(embedded_cloud: EmbeddedCloud) -> str:
    return embedded_cloud.endpoint_url


@pytest.fixture
def aws(embedded_cloud_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """Give the test an empty account of its own, and point the shop's code at it."""
    with fresh_account(embedded_cloud_url, monkeypatch) as account:
        yield account


@pytest.fixture(scope="session")
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    """Deploy the template, its durations in seconds, to the cloud that `CLOUD` names."""
    running = request.getfixturevalue("embedded_cloud") if clouds.is_embedded() else None
    with clouds.deployed_shop(running) as shop:
        yield shop
