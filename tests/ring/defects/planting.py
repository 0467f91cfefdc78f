"""How is a defect planted? Its patch is applied to a copy of the tree, and the ring of that copy goes hunting."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from infra.packaging import REPOSITORY

PATCHES = Path(__file__).parent
_FOUND, _FOUND_NOTHING = 1, 0


class DoesNotApply(Exception):
    """The code has moved on, and the patch has to follow."""


@dataclass(frozen=True)
class Defect:
    """One patch: a sentence, an empty line and a diff."""

    patch: Path

    @property
    def name(self) -> str:
        return self.patch.stem

    @property
    def meaning(self) -> str:
        return self.patch.read_text().splitlines()[0]


@dataclass(frozen=True)
class Verdict:
    """What a hunt came to."""

    defect: Defect
    is_found: bool
    seconds: float
    told: str

    def __str__(self) -> str:
        return f"{'found ' if self.is_found else 'MISSED'} {self.defect.name} ({self.seconds:.0f} s): {self.told}"


def defects() -> list[Defect]:
    """Return every defect by name."""
    return [Defect(path) for path in sorted(PATCHES.glob("*.patch"))]


def plant(defect: Defect, folder: Path) -> None:
    """Copy the tree into a folder and apply the patch there. Raises `DoesNotApply`."""
    for name in _files():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, target)
    # Applied as to a folder of its own, whatever repository lies around it.
    applied = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "--recount", "-C1", str(defect.patch)],
        cwd=folder,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)},
        capture_output=True,
        text=True,
    )
    if applied.returncode:
        raise DoesNotApply(f"{defect.name}: {applied.stderr.strip()}")


def hunt(defect: Defect, folder: Path, *, cloud_url: str) -> Verdict:
    """Plant a defect in a folder and let the ring look for it."""
    plant(defect, folder)
    begun_at = time.monotonic()
    hunted = subprocess.run(
        [sys.executable, "-m", "tests.ring", "hunt", "--cloud", cloud_url],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    if hunted.returncode not in (_FOUND, _FOUND_NOTHING) or "hunt:" not in hunted.stdout:
        raise RuntimeError(f"{defect.name}: the hunt broke off\n{hunted.stderr[-3000:]}")
    told = hunted.stdout.splitlines()
    is_found = hunted.returncode == _FOUND
    summary = f"{told[0]}: {told[1].strip()}" if is_found else told[0]
    return Verdict(defect, is_found, time.monotonic() - begun_at, summary)


def _files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.splitlines() if (REPOSITORY / name).is_file()]
