"""How are the packages for AWS built? `make build` writes one zip per requirement group into `build/`."""

import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

from infra import built_files
from infra.packaging import OUR_CODE, REPOSITORY, content_hash, zipped

REQUIREMENTS = REPOSITORY / "requirements.txt"
BUILD = REPOSITORY / "build"
# The package that every other one builds on.
BASE_GROUP = "api"
PYTHON_VERSION = "3.12"
# Amazon Linux 2023 has glibc 2.34; pip takes the newest tag that fits.
PLATFORMS = (
    "manylinux_2_34_aarch64",
    "manylinux_2_28_aarch64",
    "manylinux_2_17_aarch64",
    "manylinux2014_aarch64",
)
# What Chalice's own command line needs, and pip's scripts: most of the size, none of the running.
NEVER_IMPORTED = (
    "bin",
    "pip",
    "setuptools",
    "pkg_resources",
    "wheel",
    "inquirer",
    "blessed",
    "wcwidth",
    "jinxed",
)


def requirement_groups(text: str) -> dict[str, list[str]]:
    """Read the pinned requirements under each `# group: NAME` header."""
    groups: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if header := re.match(r"#\s*group:\s*(\S+)", line):
            lines = groups.setdefault(header[1], [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line.strip())
    return groups


def requirements_of(group: str, groups: dict[str, list[str]]) -> list[str]:
    """A group's requirements with those of the base group, which every function needs."""
    own = [] if group == BASE_GROUP else groups[group]
    return [*groups[BASE_GROUP], *own]


def package_file(group: str) -> Path:
    return BUILD / f"{group}.zip"


def build_package(group: str, requirements: list[str]) -> Path:
    """Install a group's arm64 wheels beside our code and zip both; rebuilding gives the same bytes."""
    BUILD.mkdir(exist_ok=True)
    folder = BUILD / group
    shutil.rmtree(folder, ignore_errors=True)
    _install(requirements, folder)
    built_files.build()
    for name in OUR_CODE:
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    files = [path for path in folder.rglob("*") if path.is_file() and not _is_left_out(path, folder)]
    package = package_file(group)
    package.write_bytes(zipped((path, path.relative_to(folder).as_posix()) for path in files))
    return package


def main() -> None:
    groups = requirement_groups(REQUIREMENTS.read_text())
    for group in groups:
        print(f"Building {group}: {len(requirements_of(group, groups))} requirements for arm64")
        package = build_package(group, requirements_of(group, groups))
        size = package.stat().st_size / 1_000_000
        print(f"Built {package.relative_to(REPOSITORY)}: {size:.1f} MB, {content_hash(package.read_bytes())}")


def _install(requirements: list[str], folder: Path) -> None:
    # What is not pinned, because something pinned needs it, comes as it is here, where it was tested.
    tested = BUILD / "tested.txt"
    tested.write_text("\n".join(f"{each.name}=={each.version}" for each in distributions()))
    platforms = [f"--platform={platform}" for platform in PLATFORMS]
    options = ["--quiet", "--no-compile", "--only-binary=:all:", "--implementation=cp", *platforms]
    target = [f"--python-version={PYTHON_VERSION}", f"--target={folder}", f"--constraint={tested}"]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, *target, *requirements],
        check=True,
    )


def _is_left_out(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    # pip notes in RECORD what it wrote, which differs between builds.
    return parts[0] in NEVER_IMPORTED or "__pycache__" in parts or path.name == "RECORD"


if __name__ == "__main__":
    main()
