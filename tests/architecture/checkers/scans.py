"""Refuses a table scan anywhere in the code that answers requests or events."""

import ast
from pathlib import Path

from tests.architecture.checkers.source import REQUEST_CODE, Finding, python_files

SCANS = {"scan", "rate_limited_scan", "parallel_scan"}


def check_scans(root: Path) -> list[Finding]:
    """Calls of a scan, and its name given to a client or paginator as text."""
    found = []
    for file in python_files(root, *REQUEST_CODE):
        for node in ast.walk(file.tree):
            used = isinstance(node, ast.Attribute) and node.attr in SCANS
            named = isinstance(node, ast.Constant) and node.value in {"Scan", "scan"}
            if used or named:
                found.append(file.finding(node, "scans the table"))
    return found
