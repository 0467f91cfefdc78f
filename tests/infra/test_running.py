"""Does the shop start with one command, stop on every signal and keep its data?"""

import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.audit.reading import AuditTable
from infra.audit.verifying import Head, verify
from infra.deployment import Deployment
from infra.local.ports import is_listening
from infra.waiting import wait_until
from tests.support.shop_run import ShopRun


@pytest.fixture
def run(tmp_path: Path) -> Iterator[ShopRun]:
    run = ShopRun(tmp_path)
    yield run
    run.end(signal.SIGKILL)


def audited(run: ShopRun) -> Head:
    """Return where the audit trail ends, which began with the demo shop."""
    outputs = Deployment(run.cloud, "nexus").outputs()
    verdict = verify(AuditTable(run.cloud, outputs["AuditTableName"]))
    assert verdict.trouble is None
    return verdict.head


def test_every_signal_stops_the_shop_and_the_next_start_has_its_data(run: ShopRun) -> None:
    run.start()
    run.cloud.client("sqs").create_queue(QueueName="kept")
    wait_until(lambda: audited(run).number > 0, within_seconds=30, what="the audit trail to begin")
    numbers = [audited(run).number]

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        assert run.process is not None
        run.process.send_signal(number)
        assert run.process.wait(30) == 0
        assert not is_listening(run.port)
        run.start()
        assert "Nothing to change" in run.printed
        assert run.cloud.client("sqs").get_queue_url(QueueName="kept")
        numbers.append(audited(run).number)

    assert numbers == sorted(numbers)


def test_a_killed_terminal_leaves_nothing_running_and_keeps_the_data(run: ShopRun) -> None:
    process = run.start()

    process.kill()
    process.wait()

    wait_until(lambda: not is_listening(run.port), within_seconds=30, what="the cloud to end")
    run.start()
    assert "Nothing to change" in run.printed


def test_a_stop_while_starting_leaves_nothing_running(run: ShopRun) -> None:
    process = run.begin()
    wait_until(lambda: "Creating" in run.printed, within_seconds=30, what="the deployment to begin")

    process.terminate()

    assert process.wait(30) == 0
    assert not is_listening(run.port)


def test_a_taken_port_gives_one_clear_line(run: ShopRun) -> None:
    with socket.create_server(("127.0.0.1", run.port)):
        process = run.begin()
        assert process.wait(30) == 1

    assert f"Port {run.port} is taken" in run.printed.splitlines()[-1]
    assert "CLOUD_PORT=" in run.printed
    assert "Traceback" not in run.printed


def test_a_second_start_on_the_same_data_is_refused(run: ShopRun) -> None:
    run.start()
    second = ShopRun(run.data / "second")
    second.data.mkdir()
    (second.data / "shop").symlink_to(run.data / "shop")

    assert second.begin().wait(30) == 1

    assert "running already" in second.printed


def test_without_a_terminal_the_lines_are_plain(run: ShopRun) -> None:
    run.start()

    assert "\x1b" not in run.printed
    assert "\r" not in run.printed
    assert f"http://127.0.0.1:{run.port}/_aws/execute-api/" in run.printed


def test_every_address_in_the_table_answers(run: ShopRun) -> None:
    run.start()
    ports = {int(port) for port in re.findall(r"http://127\.0\.0\.1:(\d+)", run.printed)}

    assert run.port in ports
    assert [port for port in ports if not is_listening(port)] == []
