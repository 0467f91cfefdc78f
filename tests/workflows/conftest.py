"""One embedded cloud for the workflow tests, and the machines deployed to an account of their own."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from chalicelib.core.aws import client
from tests.support.waiting import eventually
from tests.workflows.machines import Account, Machines

PATIENT_SECONDS = 60
IMPATIENT_SECONDS = 1


@pytest.fixture(scope="session")
def cloud_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start an embedded cloud on a free port; it inherits nothing, since handlers inherit everything of it."""
    folder = tmp_path_factory.mktemp("cloud")
    port = _a_free_port()
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        # A tenth of every pause before a retry; time-outs stay as they are.
        "SFN_WAIT_SCALE": "0.1",
    }
    with (folder / "cloud.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ministack"], env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        eventually(lambda: _answers(port), within_seconds=60, what="the embedded cloud answers")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def _patient_machines(cloud_url: str) -> Machines:
    return Machines.deploy(Account(cloud_url), payment_timeout_seconds=PATIENT_SECONDS)


@pytest.fixture(scope="session")
def _impatient_machines(cloud_url: str) -> Machines:
    return Machines.deploy(Account(cloud_url), payment_timeout_seconds=IMPATIENT_SECONDS)


@pytest.fixture
def machines(_patient_machines: Machines, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machines]:
    """The machines, with our own client signed in to their account."""
    yield from _signed_in(_patient_machines, monkeypatch)


@pytest.fixture
def impatient_machines(_impatient_machines: Machines, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machines]:
    """The machines with a wait that hardly waits."""
    yield from _signed_in(_impatient_machines, monkeypatch)


@pytest.fixture
def breakable_machines(cloud_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machines]:
    """Machines of one test alone, which may break them."""
    machines = Machines.deploy(Account(cloud_url), payment_timeout_seconds=PATIENT_SECONDS)
    yield from _signed_in(machines, monkeypatch)


def _signed_in(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machines]:
    for name, value in machines.account.environment().items():
        monkeypatch.setenv(name, value)
    # boto3 keeps the credentials of its first client in a session of its own.
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    client.cache_clear()
    yield machines
    client.cache_clear()


def _a_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_ministack/ready", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
