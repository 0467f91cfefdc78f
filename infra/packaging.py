"""What is put on a Lambda?

Locally our code alone, because handlers there see the development environment; on AWS one package per
requirement group. Equal content always gives equal bytes, so an archive is named by its content.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
OUR_CODE = ("chalicelib", "functions")
# The oldest time that a zip can tell; a real one would make every build different.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def our_code(root: Path = REPOSITORY) -> bytes:
    """Zip our own code: what handlers import from `chalicelib` and `functions`."""
    return zipped((path, path.relative_to(root).as_posix()) for folder in OUR_CODE for path in _files(root / folder))


def zipped(files: Iterable[tuple[Path, str]]) -> bytes:
    """Zip files under the names given, independent of order, times and permissions."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, name in sorted(files, key=lambda each: each[1]):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = (0o755 if path.stat().st_mode & 0o100 else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return memory.getvalue()


def content_hash(content: bytes) -> str:
    """Name content by what it is."""
    return hashlib.sha256(content).hexdigest()[:16]


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
