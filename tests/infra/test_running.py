"""Does the shop start with one command, stop on every signal and keep its data?"""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from infra.clouds import Cloud, embedded_cloud
from infra.local.ports import free_port, is_listening
from infra.packaging import REPOSITORY
from infra.waiting import wait_until


@dataclass
class Run:
    """`make run`, as its Python process sees it, on a data folder of its own."""

    data: Path
    port: int = field(default_factory=free_port)
    chapa_port: int = field(default_factory=free_port)
    mailbox_port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def printed(self) -> str:
        return (self.data / "printed").read_text()

    @property
    def cloud(self) -> Cloud:
        return embedded_cloud(f"http://127.0.0.1:{self.port}")

    def begin(self) -> "subprocess.Popen[bytes]":
        ports = {"CLOUD_PORT": self.port, "CHAPA_PORT": self.chapa_port, "MAILBOX_PORT": self.mailbox_port}
        settings = {"NEXUS_DATA": str(self.data / "shop"), "CLOUD": "", **{k: str(v) for k, v in ports.items()}}
        with (self.data / "printed").open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "infra.run"],
                cwd=REPOSITORY,
                env={**os.environ, **settings},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return self.process

    def start(self) -> "subprocess.Popen[bytes]":
        process = self.begin()
        wait_until(lambda: self._is_ready(process), within_seconds=60, what="the shop to run")
        return process

    def _is_ready(self, process: "subprocess.Popen[bytes]") -> bool:
        assert process.poll() is None, self.printed
        return "Running." in self.printed


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    run = Run(tmp_path)
    yield run
    if run.process and run.process.poll() is None:
        run.process.kill()
        run.process.wait()
        wait_until(lambda: not is_listening(run.port), within_seconds=30, what="the cloud to end")


def test_every_signal_stops_the_shop_and_the_next_start_has_its_data(run: Run) -> None:
    run.start()
    run.cloud.client("sqs").create_queue(QueueName="kept")

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        assert run.process is not None
        run.process.send_signal(number)
        assert run.process.wait(30) == 0
        assert not is_listening(run.port)
        run.start()
        assert "Nothing to change" in run.printed
        assert run.cloud.client("sqs").get_queue_url(QueueName="kept")


def test_a_killed_terminal_leaves_nothing_running_and_keeps_the_data(run: Run) -> None:
    process = run.start()

    process.kill()
    process.wait()

    wait_until(lambda: not is_listening(run.port), within_seconds=30, what="the cloud to end")
    run.start()
    assert "Nothing to change" in run.printed


def test_a_stop_while_starting_leaves_nothing_running(run: Run) -> None:
    process = run.begin()
    wait_until(lambda: "Creating" in run.printed, within_seconds=30, what="the deployment to begin")

    process.terminate()

    assert process.wait(30) == 0
    assert not is_listening(run.port)


def test_a_taken_port_gives_one_clear_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", run.port)):
        process = run.begin()
        assert process.wait(30) == 1

    assert f"Port {run.port} is taken" in run.printed.splitlines()[-1]
    assert "CLOUD_PORT=" in run.printed
    assert "Traceback" not in run.printed


def test_a_second_start_on_the_same_data_is_refused(run: Run) -> None:
    run.start()
    second = Run(run.data / "second")
    second.data.mkdir()
    (second.data / "shop").symlink_to(run.data / "shop")

    assert second.begin().wait(30) == 1

    assert "running already" in second.printed


def test_without_a_terminal_the_lines_are_plain(run: Run) -> None:
    run.start()

    assert "\x1b" not in run.printed
    assert "\r" not in run.printed
    assert f"http://127.0.0.1:{run.port}/_aws/execute-api/" in run.printed


def test_every_address_in_the_table_answers(run: Run) -> None:
    run.start()
    ports = {int(port) for port in re.findall(r"http://127\.0\.0\.1:(\d+)", run.printed)}

    assert run.port in ports
    assert [port for port in ports if not is_listening(port)] == []
