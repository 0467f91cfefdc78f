"""How do tests run the whole shop as a newcomer does? As `make run` starts it, on ports and data of its own."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from infra.clouds import Cloud, embedded_cloud
from infra.local.ports import free_port, is_listening
from infra.packaging import REPOSITORY
from infra.waiting import wait_until

# Longer than usual, for machines that do much else at the same time.
START_SECONDS = 180


@dataclass
class ShopRun:
    """`make run`, as its Python process sees it, on a data folder of its own."""

    data: Path
    port: int = field(default_factory=free_port)
    chapa_port: int = field(default_factory=free_port)
    mailbox_port: int = field(default_factory=free_port)
    sms_port: int = field(default_factory=free_port)
    rates_port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def printed(self) -> str:
        return (self.data / "printed").read_text()

    @property
    def cloud(self) -> Cloud:
        return embedded_cloud(f"http://127.0.0.1:{self.port}")

    def begin(self) -> "subprocess.Popen[bytes]":
        ports = {
            "CLOUD_PORT": self.port,
            "CHAPA_PORT": self.chapa_port,
            "MAILBOX_PORT": self.mailbox_port,
            "SMS_PORT": self.sms_port,
            "RATES_PORT": self.rates_port,
        }
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
        wait_until(lambda: self._is_ready(process), within_seconds=START_SECONDS, what="the shop to run")
        return process

    def _is_ready(self, process: "subprocess.Popen[bytes]") -> bool:
        assert process.poll() is None, self.printed
        return "Running." in self.printed

    def end(self, number: signal.Signals) -> None:
        """Let a signal end it, if it still runs, and wait until nothing of it is left."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(number)
        self.process.wait(60)
        wait_until(lambda: not is_listening(self.port), within_seconds=30, what="the cloud to end")
