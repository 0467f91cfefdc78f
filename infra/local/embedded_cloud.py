"""How does the embedded cloud (the `ministack` package) start and stop?

It runs as it is, with an environment of its own: whatever it has in its environment, every Lambda
handler inherits, so nothing of the developer's shell may leak in.
"""

import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.local.guarded import GuardedProcess
from infra.local.ports import require_free
from infra.local.refusals import CannotRun
from infra.local.stream_positions import forget_stream_positions
from infra.waiting import wait_until

DEFAULT_PORT = 4566
START_SECONDS = 60


@dataclass
class EmbeddedCloud:
    """One embedded cloud in one folder: its state, its temporary files and its log."""

    folder: Path
    port: int = DEFAULT_PORT
    keeps_data: bool = True
    more_environment: Mapping[str, str] = field(default_factory=dict)
    _process: GuardedProcess | None = None

    @property
    def endpoint_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process id of its guard, which has the same environment."""
        if self._process is None:
            raise CannotRun("The embedded cloud is not running")
        return self._process.pid

    @property
    def log_file(self) -> Path:
        return self.folder / "cloud.log"

    def start(self) -> Self:
        """Start it and return when it answers; a taken port or a failed start is refused clearly."""
        require_free(self.port, wanted_for="the embedded cloud", choose_with="CLOUD_PORT")
        # A cloud that was killed leaves the unpacked code of its handlers behind.
        shutil.rmtree(self._temporary_folder, ignore_errors=True)
        self._temporary_folder.mkdir(parents=True)
        forget_stream_positions(self.folder / "state")
        with self.log_file.open("wb") as log:
            self._process = GuardedProcess(
                [sys.executable, "-m", "ministack"], environment=self._environment(), log=log
            )
        try:
            wait_until(self._answers, within_seconds=START_SECONDS, what="the embedded cloud to answer")
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop it; it saves its data first (it does so on SIGTERM only)."""
        if self._process:
            self._process.stop()
            self._process = None
        shutil.rmtree(self._temporary_folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _temporary_folder(self) -> Path:
        return self.folder / "tmp"

    def _answers(self) -> bool:
        if self._process and not self._process.is_running():
            raise CannotRun(f"The embedded cloud ended while starting; its log is {self.log_file}")
        try:
            with urllib.request.urlopen(f"{self.endpoint_url}/_ministack/ready", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _environment(self) -> dict[str, str]:
        folder = self.folder.resolve()
        return {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": str(folder / "tmp"),
            "TMPDIR": str(folder / "tmp"),
            "LANG": "C.UTF-8",
            "PYTHONUNBUFFERED": "1",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "PERSIST_STATE": "1" if self.keeps_data else "0",
            "S3_PERSIST": "1" if self.keeps_data else "0",
            "STATE_DIR": str(folder / "state"),
            "S3_DATA_DIR": str(folder / "s3"),
            "LOG_LEVEL": "INFO",
            # Listeners and daemons that a shop does not need.
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "DOCKER_HOST": f"unix://{folder}/no-docker.sock",
            **self.more_environment,
        }
