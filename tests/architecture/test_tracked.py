"""Is nothing tracked that the build makes, or that belongs to one machine only?"""

import subprocess
from pathlib import Path

from infra.packaging import REPOSITORY


def git(folder: Path, *arguments: str) -> list[str]:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def tracked_though_ignored(folder: Path) -> list[str]:
    return git(folder, "ls-files", "--cached", "--ignored", "--exclude-standard")


def test_what_is_ignored_is_not_tracked():
    assert tracked_though_ignored(REPOSITORY) == []


def test_what_is_tracked_all_the_same_is_noticed(tmp_path):
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("built.txt\n")
    (tmp_path / "built.txt").write_text("made by the build\n")
    git(tmp_path, "add", "--force", ".")

    assert tracked_though_ignored(tmp_path) == ["built.txt"]
