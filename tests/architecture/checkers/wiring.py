"""Keeps `functions/` free of logic: imports, assignments and calls, nothing that decides or repeats."""

import ast
from pathlib import Path

from tests.architecture.checkers.source import Finding, PythonFile, python_files

LONGEST_FUNCTION = 3
DECIDES = (
    *(ast.If, ast.IfExp, ast.Match, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith),
    *(ast.Try, ast.TryStar, ast.Raise, ast.Assert, ast.ClassDef),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


def check_wiring(root: Path) -> list[Finding]:
    """Logic found in a file under `functions/`."""
    return [finding for file in python_files(root, "functions") for finding in _check(file)]


def _check(file: PythonFile) -> list[Finding]:
    found = []
    for node in ast.walk(file.tree):
        if isinstance(node, DECIDES):
            found.append(file.finding(node, f"logic in functions/: {type(node).__name__}"))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                found.append(file.finding(node, f"{node.name} has {lines} lines; wiring has {LONGEST_FUNCTION}"))
    return found
