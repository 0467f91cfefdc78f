"""Holds each outside library, the clock and the environment to the few files that may touch them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checkers.imports import imports_of
from tests.architecture.checkers.source import (
    REQUEST_CODE,
    Finding,
    PythonFile,
    dotted,
    matches_any,
    python_files,
)

CORE = ("chalicelib/core/**",)
HTTP = ("chalicelib/core/http/**", "functions/**", "app.py")
TABLE_FILES = (
    "chalicelib/core/storage/**",
    *(f"chalicelib/*/{name}" for name in ("models.py", "models/**", "store.py", "store/**")),
)
IDENTITY = ("chalicelib/users/**", "chalicelib/core/http/access.py", "chalicelib/core/http/bearer.py")

PACKAGES = {
    "boto3": CORE,
    "botocore": CORE,
    "aiobotocore": (),
    "requests": ("chalicelib/core/remote.py",),
    "meilisearch": ("chalicelib/search/meilisearch.py",),
    "tantivy": ("chalicelib/search/**",),
    "strawberry": ("chalicelib/graphql/**", "functions/api/graphql.py"),
    "chalice": HTTP,
    "pynamodb": TABLE_FILES,
    "PIL": ("chalicelib/pictures/imaging.py",),
    "jwt": IDENTITY,
    "argon2": IDENTITY,
}
TRANSACTIONS = ("chalicelib/core/storage/transactions.py",)
TRANSACTION_NAMES = {"TransactWrite", "transact_write_items", "TransactWriteItems"}
SETTINGS = ("chalicelib/core/settings.py", "chalicelib/core/settings/**")
CLOCK = ("chalicelib/core/clock.py",)
CLOCK_CALLS = {
    *(f"{prefix}datetime.{name}" for prefix in ("", "datetime.") for name in ("now", "utcnow", "today")),
    *("date.today", "datetime.date.today", "time.time", "time.time_ns", "time.gmtime", "time.localtime"),
}


def check_guarded(root: Path) -> list[Finding]:
    """Uses of a guarded library, the environment, the clock or a transaction in a file not named for it."""
    found: list[Finding] = []
    for file in python_files(root, *REQUEST_CODE):
        found += _packages(file)
        found += [file.finding(node, message) for node, message in _names(file)]
    return found


def _packages(file: PythonFile) -> Iterator[Finding]:
    for each in imports_of(file):
        package = each.target.split(".")[0]
        if package not in PACKAGES or matches_any(file.name, PACKAGES[package]):
            continue
        places = ", ".join(PACKAGES[package]) or "no file"
        yield file.finding(each.line, f"imports {package}, which belongs in {places}")


def _names(file: PythonFile) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(file.tree):
        used = _used(node)
        if _is_environment(used) and not matches_any(file.name, SETTINGS):
            yield node, "reads the environment outside core/settings.py"
        if used & CLOCK_CALLS and not matches_any(file.name, CLOCK):
            yield node, "reads the time outside core/clock.py"
        short = {name.rsplit(".", 1)[-1] for name in used}
        if short & TRANSACTION_NAMES and not matches_any(file.name, TRANSACTIONS):
            yield node, "writes a transaction outside core/storage/transactions.py"


def _used(node: ast.AST) -> set[str]:
    """Dotted names that a node uses: an attribute, a bare imported name, or a text given to a client."""
    if isinstance(node, ast.Attribute):
        return {dotted(node) or node.attr}
    if isinstance(node, ast.ImportFrom):
        return {f"{node.module}.{alias.name}" for alias in node.names}
    if isinstance(node, ast.Constant) and node.value == "TransactWriteItems":
        return {"TransactWriteItems"}
    return set()


def _is_environment(used: set[str]) -> bool:
    return bool(used & {"os.environ", "os.getenv", "os.environb", "os.putenv"})
