"""Compares the public functions of every store with the rows of docs/access-patterns.md."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.checkers.source import Finding, PythonFile, python_files

DOCUMENT = "docs/access-patterns.md"
COLUMNS = ("function", "pattern", "index", "key condition", "calls and units")
ROW = re.compile(r"^\|\s*`(?P<name>\w+\.store\.\w+)`\s*\|(?P<rest>.*)\|\s*$")


@dataclass(frozen=True)
class Row:
    name: str
    line: int
    cells: tuple[str, ...]


def check_access_patterns(root: Path) -> list[Finding]:
    """Store functions without a row, rows without a function, rows written twice or not filled in."""
    functions = dict(_functions(root))
    rows = list(_rows(root))
    named = {row.name for row in rows}
    missing = [
        Finding(found.path, found.line, f"{name} has no row in {DOCUMENT}")
        for name, found in functions.items()
        if name not in named
    ]
    return [*missing, *_complaints(rows, set(functions))]


def _complaints(rows: list[Row], functions: set[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for row in rows:
        if row.name not in functions:
            yield Finding(DOCUMENT, row.line, f"there is no function {row.name}")
        if row.name in seen:
            yield Finding(DOCUMENT, row.line, f"{row.name} has a row already")
        if len(row.cells) != len(COLUMNS) - 1 or not all(row.cells):
            yield Finding(DOCUMENT, row.line, f"{row.name} needs all of: {', '.join(COLUMNS)}")
        seen.add(row.name)


def _functions(root: Path) -> Iterator[tuple[str, Finding]]:
    for file in python_files(root, "chalicelib"):
        if len(file.parts) > 2 and file.parts[2] == "store":
            for function in _public(file):
                yield f"{file.parts[1]}.store.{function.name}", file.finding(function, "")


def _public(file: PythonFile) -> Iterator[ast.FunctionDef]:
    for node in file.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def _rows(root: Path) -> Iterator[Row]:
    document = root / DOCUMENT
    lines = document.read_text("utf-8").splitlines() if document.exists() else []
    for number, line in enumerate(lines, start=1):
        if row := ROW.match(line):
            cells = re.split(r"(?<!\\)\|", row["rest"])
            yield Row(row["name"], number, tuple(cell.strip() for cell in cells))
