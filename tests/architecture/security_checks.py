"""Holds docs/security-checks.md: each check has its number in ASVS and tests that are there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checkers.source import Finding, PythonFile

DOCUMENT = "docs/security-checks.md"
COLUMNS = ("check", "ASVS 5.0", "proved by")
ROW = re.compile(r"^\|(?P<cells>.*)\|$")
TEST = re.compile(r"`(?P<path>tests/[\w/.-]+\.py)::(?P<name>\w+)`")
NUMBER = re.compile(r"\d+\.\d+\.\d+|API\d+:2023")


def check_security_checks(root: Path) -> list[Finding]:
    """Rows that are not filled in, and tests that are named but not there."""
    document = root / DOCUMENT
    lines = document.read_text("utf-8").splitlines() if document.exists() else []
    return [
        Finding(DOCUMENT, number, complaint)
        for number, line in enumerate(lines, start=1)
        for complaint in (*_missing(root, line), *_unfilled(line))
    ]


def _missing(root: Path, line: str) -> Iterator[str]:
    for test in TEST.finditer(line):
        if test["name"] not in _tests_in(root, test["path"]):
            yield f"there is no test {test['name']} in {test['path']}"


def _unfilled(line: str) -> Iterator[str]:
    row = ROW.match(line)
    cells = [cell.strip() for cell in row["cells"].split("|")] if row else []
    if not row or tuple(cells) == COLUMNS or set("".join(cells)) <= {"-"}:
        return
    if len(cells) != len(COLUMNS) or not NUMBER.search(cells[1]) or not TEST.search(cells[2]):
        yield f"the check {cells[0]!r} needs its number in ASVS, and the tests that prove it as `path::name`"


def _tests_in(root: Path, name: str) -> set[str]:
    if not (root / name).exists():
        return set()
    functions = ast.walk(PythonFile(root, name).tree)
    return {each.name for each in functions if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")}
