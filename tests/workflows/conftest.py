"""The machines, deployed to accounts of their own on the embedded cloud of the session."""

from collections.abc import Iterator

import boto3
import pytest

from chalicelib.core.aws import client
from tests.workflows.machines import Account, Machines

PATIENT_SECONDS = 60
IMPATIENT_SECONDS = 1


@pytest.fixture(scope="session")
def _patient_machines(embedded_cloud_url: str) -> Machines:
    return Machines.deploy(Account(embedded_cloud_url), payment_timeout_seconds=PATIENT_SECONDS)


@pytest.fixture(scope="session")
def _impatient_machines(embedded_cloud_url: str) -> Machines:
    return Machines.deploy(Account(embedded_cloud_url), payment_timeout_seconds=IMPATIENT_SECONDS)


@pytest.fixture
def machines(_patient_machines: Machines, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machines]:
    """The machines, with our own client signed in to their account."""
    yield from _signed_in(_patient_machines, monkeypatch)


@pytest.fixture
def impatient_machines(_impatient_machines: Machines, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machines]:
    """The machines with a wait that hardly waits."""
    yield from _signed_in(_impatient_machines, monkeypatch)


@pytest.fixture
def breakable_machines(embedded_cloud_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machines]:
    """Machines of one test alone, which may break them."""
    machines = Machines.deploy(Account(embedded_cloud_url), payment_timeout_seconds=PATIENT_SECONDS)
    yield from _signed_in(machines, monkeypatch)


def _signed_in(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machines]:
    for name, value in machines.account.environment().items():
        monkeypatch.setenv(name, value)
    # boto3 keeps the credentials of its first client in a session of its own.
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    client.cache_clear()
    yield machines
    client.cache_clear()
