"""Plants a small tree in a temporary folder, so that a checker can be seen to report it."""

from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]


def plant(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), "utf-8")
    return root


def words(findings: list) -> list[str]:
    """Findings as printed lines, which is what a failing test shows."""
    return [str(finding) for finding in findings]
