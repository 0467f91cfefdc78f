"""Refuses product code that knows where it runs: no `if LOCAL`, and no emulator's name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checkers.source import REQUEST_CODE, Finding, PythonFile, files_under, python_files

EMULATOR = re.compile(r"localstack|ministack|\bmoto\b", re.IGNORECASE)
PLACE_NAME = re.compile(r"(?i:(^|_)(is|on|run|runs|running|use)_?local(ly)?($|_))|^LOCAL$|^LOCAL_(MODE|RUN|DEV)$")


def check_surroundings(root: Path) -> list[Finding]:
    """Names and texts by which code could behave differently on a developer's machine."""
    found = [finding for file in python_files(root, *REQUEST_CODE) for finding in _check(file)]
    for name in files_under(root, "statemachines", suffixes=(".json",)):
        for number, line in enumerate((root / name).read_text("utf-8").splitlines(), start=1):
            if EMULATOR.search(line):
                found.append(Finding(name, number, "names an emulator"))
    return found


def _check(file: PythonFile) -> Iterator[Finding]:
    docstrings = set(_docstrings(file.tree))
    for node in ast.walk(file.tree):
        for name in _names(node, docstrings):
            if PLACE_NAME.search(name) or EMULATOR.search(name):
                yield file.finding(node, f"knows where it runs: {name[:60]}")


def _names(node: ast.AST, docstrings: set[ast.AST]) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
        yield node.value


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
