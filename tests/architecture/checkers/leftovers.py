"""Finds what must not stay: notes to self, stubs, unexplained skips, sleeps, prints and broad catches."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.architecture.checkers.source import (
    EVERYTHING,
    PRODUCT,
    REQUEST_CODE,
    Finding,
    PythonFile,
    dotted,
    files_under,
    matches_any,
    python_files,
    without_docstring,
)

# Written in halves, so that this file is not found by itself. In quotes, three X are a currency code.
NOTE = re.compile(r"(?<![\"'])\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
UNWRITTEN = "NotImplemented" + "Error"
NOTE_FILES = (".py", ".md", ".toml", ".yaml", ".yml", ".json", ".sh", ".txt", "Makefile")
MAY_SLEEP = (
    "tests/support/waiting.py",
    "infra/waiting.py",
    "chalicelib/core/storage/transactions.py",  # waits with jitter between its tries
    "chalicelib/core/waiting.py",
    "infra/local/demo_shop/wire.py",  # waits before a refused request is sent again
)
BROAD = {"Exception", "BaseException"}

Rule = Callable[[PythonFile], Iterator[Finding]]


def check_leftovers(root: Path) -> list[Finding]:
    """Every leftover of the tree, each rule over the places it is for."""
    found = list(_notes(root))
    rules: tuple[tuple[Rule, tuple[str, ...]], ...] = (
        (_unwritten, EVERYTHING),
        (_stubs, EVERYTHING),
        (_skips, ("tests",)),
        (_sleeps, EVERYTHING),
        (_prints, REQUEST_CODE),
        (_broad_catches, PRODUCT),
    )
    for rule, places in rules:
        found += [finding for file in python_files(root, *places) for finding in rule(file)]
    return sorted(found)


def _notes(root: Path) -> Iterator[Finding]:
    for name in files_under(root, ".", suffixes=NOTE_FILES):
        for number, line in enumerate((root / name).read_text("utf-8").splitlines(), start=1):
            if note := NOTE.search(line):
                yield Finding(name, number, f"a note to self: {note[0]}")


def _unwritten(file: PythonFile) -> Iterator[Finding]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Name) and node.id == UNWRITTEN:
            yield file.finding(node, f"raises {UNWRITTEN}: write it, or leave it out")


def _stubs(file: PythonFile) -> Iterator[Finding]:
    for node, parent in _with_parents(file.tree):
        if isinstance(node, ast.ClassDef) and all(isinstance(each, ast.Pass) for each in node.body):
            yield file.finding(node, f"{node.name} is an empty class without a word about it")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = without_docstring(node.body)
            if body and all(_is_empty(statement) for statement in body) and not _only_declares(node, parent):
                yield file.finding(node, f"{node.name} is a stub")


def _with_parents(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.AST]]:
    for parent in ast.walk(tree):
        for node in ast.iter_child_nodes(parent):
            yield node, parent


def _is_empty(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Pass):
        return True
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and value.value is Ellipsis


def _only_declares(node: ast.FunctionDef | ast.AsyncFunctionDef, parent: ast.AST) -> bool:
    """Members of a Protocol, overloads and abstract methods have no body to write."""
    marks = {dotted(decorator).rsplit(".", 1)[-1] for decorator in node.decorator_list}
    bases = parent.bases if isinstance(parent, ast.ClassDef) else []
    is_protocol = any("Protocol" in ast.unparse(base) for base in bases)
    return is_protocol or bool(marks & {"overload", "abstractmethod"})


def _skips(file: PythonFile) -> Iterator[Finding]:
    for node in ast.walk(file.tree):
        name = dotted(node)
        if re.fullmatch(r"(pytest\.)?mark\.(skip|skipif|xfail)", name) and not _reasoned(file.tree, node):
            yield file.finding(node, f"{name} gives no reason")
        called = dotted(node.func) if isinstance(node, ast.Call) and not (node.args or node.keywords) else ""
        if called in {"pytest.skip", "pytest.xfail"}:
            yield file.finding(node, f"{called} gives no reason")


def _reasoned(tree: ast.Module, mark: ast.AST) -> bool:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.func is mark]
    return any(_says(keyword) for call in calls for keyword in call.keywords)


def _says(keyword: ast.keyword) -> bool:
    is_blank = isinstance(keyword.value, ast.Constant) and not str(keyword.value.value).strip()
    return keyword.arg == "reason" and not is_blank


def _sleeps(file: PythonFile) -> Iterator[Finding]:
    if matches_any(file.name, MAY_SLEEP):
        return
    for node in ast.walk(file.tree):
        names = {dotted(node)}
        if isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
        if names & {"time.sleep", "asyncio.sleep"}:
            yield file.finding(node, f"sleeps; only {' and '.join(MAY_SLEEP)} may wait")


def _prints(file: PythonFile) -> Iterator[Finding]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and dotted(node.func) in {"print", "pprint", "pprint.pprint"}:
            yield file.finding(node, "prints; use the logger")


def _broad_catches(file: PythonFile) -> Iterator[Finding]:
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        broad = any(kind is None or dotted(kind) in BROAD for kind in kinds)
        if broad and not _passes_on(node) and not file.name.startswith("chalicelib/core/"):
            yield file.finding(node, "catches everything; catch what this place can answer")


def _passes_on(handler: ast.ExceptHandler) -> bool:
    """Whether it only tidies up and raises again, which answers nothing."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None
