"""A private embedded cloud for the tests that need to see real calls."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ATTEMPTS = 200
PAUSE_SECONDS = 0.1


@pytest.fixture(scope="session")
def recorder_cloud(tmp_path_factory):
    """The address of an embedded cloud that lives as long as this test session."""
    port = _free_port()
    folder = tmp_path_factory.mktemp("recorder_cloud")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }
    command = Path(sys.executable).parent / "ministack"
    log = (folder / "log").open("wb")
    process = subprocess.Popen([command], env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        _until_it_answers(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _until_it_answers(process: subprocess.Popen, port: int) -> None:
    for _ in range(ATTEMPTS):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_ministack/health", timeout=1).close()
            return
        except (urllib.error.URLError, OSError):
            _wait(process)
    raise AssertionError("the embedded cloud does not answer")


def _wait(process: subprocess.Popen) -> None:
    """Wait a moment, and fail at once if the process ends meanwhile."""
    try:
        code = process.wait(timeout=PAUSE_SECONDS)
    except subprocess.TimeoutExpired:
        return
    raise AssertionError(f"the embedded cloud ended with code {code}")
