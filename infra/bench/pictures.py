"""What does it take to make a picture of a photo of 24 megapixels? Seconds, and the most memory that was held at once.

The photo is made and the picture drawn in processes of their own, since a process never forgets its largest moment.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from infra.packaging import REPOSITORY

WIDTH, HEIGHT = 6000, 4000
_COARSE = 10
_MEGABYTE = 1_000_000
# In which Linux tells the largest resident set.
_UNIT = 1024


@dataclass(frozen=True)
class Drawing:
    """One picture, from the bytes of its upload to the bytes of every size."""

    upload_bytes: int
    seconds: float
    cpu_seconds: float
    peak_megabytes: float
    idle_megabytes: float
    files: int


def of_a_photo() -> Drawing:
    """Measure a photo of 24 megapixels."""
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "photo.jpg"
        _apart("take", photo)
        return Drawing(**json.loads(_apart("draw", photo)))


def take(photo: Path) -> None:
    """Make a JPEG with as much detail as a phone's, lying on its side, with Exif."""
    from PIL import Image

    grain = Image.frombytes("RGB", (WIDTH // _COARSE, HEIGHT // _COARSE), os.urandom(WIDTH * HEIGHT * 3 // _COARSE**2))
    exif = Image.Exif()
    exif[0x0112] = 6
    grain.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).save(photo, "JPEG", quality=92, exif=exif.tobytes())


def draw(photo: Path) -> None:
    """Do what the deployed function does with an upload, but for the calls to bucket and table; print what it took."""
    import functions.queues.process_pictures  # noqa: F401 - what a warm function holds
    from chalicelib.pictures import formats, imaging, rules
    from chalicelib.pictures.enums import PictureType

    idle, data = _peak(), photo.read_bytes()
    started, spent = time.perf_counter(), time.process_time()
    needed = formats.inspected(data, PictureType.JPEG).needed
    files = sum(1 for _ in imaging.renditions(needed, PictureType.JPEG, widths_for=rules.widths_for))
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - spent
    print(json.dumps(asdict(Drawing(len(data), seconds, cpu_seconds, _peak(), idle, files))))


_STEPS: dict[str, Callable[[Path], None]] = {"take": take, "draw": draw}


def _apart(step: str, photo: Path) -> str:
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "infra.bench.pictures", step, str(photo)]
    done = subprocess.run(command, env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return done.stdout


def _peak() -> float:
    """Return the largest resident set so far. What ``getrusage`` tells begins with that of whoever started us."""
    (line,) = (each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM:"))
    return int(line.split()[1]) * _UNIT / _MEGABYTE


if __name__ == "__main__":
    _STEPS[sys.argv[1]](Path(sys.argv[2]))
