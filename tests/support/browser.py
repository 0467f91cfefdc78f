"""What does a browser make of a page? A headless Chromium loads it, runs its scripts and says whom it asked."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages draw what is in view, so all of them is.
    "--window-size=1200,30000",
    # No name is resolved, so that nothing leaves this machine whoever wants to.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_SCRIPTS_MAY_RUN_MILLISECONDS = 20_000
_PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Visit:
    """The page when its scripts have come to rest, and every address that the page itself asked."""

    dom: str
    requests: Sequence[str]

    @property
    def hosts(self) -> set[str]:
        return {str(urlsplit(url).hostname) for url in self.requests}


def visit(url: str, folder: Path) -> Visit:
    """Open a page in a browser that has never seen another; ``folder`` must be empty."""
    net_log = folder / "net-log.json"
    options = [
        f"--user-data-dir={folder / 'profile'}",
        f"--log-net-log={net_log}",
        f"--virtual-time-budget={_SCRIPTS_MAY_RUN_MILLISECONDS}",
        "--dump-dom",
    ]
    # Crash reports and caches go to the home folder, whatever the profile is.
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(folder / "home"))
    done = subprocess.run(
        [_program(), *_FLAGS, *options, url],
        env={**os.environ, **homes},
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Visit(done.stdout, _asked_by_pages(json.loads(net_log.read_text("utf-8"))))


def _program() -> str:
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is None:
        pytest.fail("No Chromium here: `apt-get install -y chromium` (or another way to have `chromium` on the PATH)")
    return found


def _asked_by_pages(net_log: dict[str, object]) -> list[str]:
    """Return the addresses that pages asked for; what the browser asks for itself has no origin."""
    constants, events = net_log["constants"], net_log["events"]
    assert isinstance(constants, dict)
    assert isinstance(events, list)
    started = constants["logEventTypes"]["URL_REQUEST_START_JOB"]
    asked = [event["params"] for event in events if event["type"] == started and "url" in event.get("params", {})]
    return [each["url"] for each in asked if "://" in each.get("initiator", "")]
