"""Which shop and which vendors do these tests talk to?"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from infra.local.chapa import ChapaSimulator, Settings
from infra.local.twilio import Settings as TwilioSettings
from infra.local.twilio import TwilioSimulator
from tests.simulators.support import Merchant, Shop, Texter, call


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Shop() as shop:
        yield shop


@pytest.fixture
def merchant(shop: Shop) -> Iterator[Merchant]:
    settings = Settings(webhook_url=shop.webhook_url, seconds_between_tries=0.02, refund_seconds=0)
    with ChapaSimulator(settings) as chapa:
        yield Merchant(chapa, shop)


@pytest.fixture
def texter(shop: Shop) -> Iterator[Texter]:
    with TwilioSimulator(TwilioSettings(status_seconds=0.01, seconds_between_tries=0.02)) as twilio:
        yield Texter(twilio, shop)


@pytest.fixture(scope="session")
def cloud_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An embedded cloud of its own on a free port, with a clean environment."""
    home = tmp_path_factory.mktemp("cloud")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [sys.executable, "-m", "ministack"], cwd=home, env=environment, stdout=quiet, stderr=quiet
    ) as process:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while not _answers(f"{url}/_ministack/health"):
            assert process.poll() is None, "the embedded cloud stopped"
            assert time.monotonic() < deadline, "the embedded cloud does not answer"
        yield url
        process.terminate()


def _answers(url: str) -> bool:
    try:
        return call("GET", url, timeout=1).status == 200
    except OSError:
        return False
