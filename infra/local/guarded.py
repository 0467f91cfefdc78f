"""How does a child process end together with the program that started it, even if that was killed?

The parent keeps the writing end of a pipe open and never writes to it. When the parent ends, however
it ends, the kernel closes the pipe; this guard then asks the command to stop with SIGTERM, waits while
it saves its data, and ends whatever it left behind. Run as ``python -m infra.local.guarded COMMAND...``.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

REPOSITORY = Path(__file__).resolve().parents[2]
SAVING_SECONDS = 60


class GuardedProcess:
    """A command running in a process group of its own, behind a guard."""

    def __init__(self, command: Sequence[str], *, environment: Mapping[str, str], log: IO[bytes]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "infra.local.guarded", *command],
            cwd=REPOSITORY,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The guard's process id, which is its group's id too."""
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        """Ask the command to stop and wait until it has, so that its data is kept."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()
        self._process.wait(SAVING_SECONDS + 10)


def main(command: Sequence[str]) -> int:
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def ask_to_stop(*_: object) -> None:
        child.terminate()

    for signal_number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signal_number, ask_to_stop)
    threading.Thread(target=_stop_when_parent_ends, args=(child,), daemon=True).start()
    code = child.wait()
    _end_the_rest_of_the_group()
    return code


def _stop_when_parent_ends(child: "subprocess.Popen[bytes]") -> None:
    sys.stdin.buffer.read()
    child.terminate()
    try:
        child.wait(SAVING_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def _end_the_rest_of_the_group() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.getpgrp() == os.getpid():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
