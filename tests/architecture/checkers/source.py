"""Reads the tree that the checkers judge, and words what they find."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

PRODUCT = ("chalicelib", "functions", "infra", "app.py")
REQUEST_CODE = ("chalicelib", "functions", "app.py")
EVERYTHING = (*PRODUCT, "tests")
NOT_OURS = {"build", "__pycache__", "node_modules"}


@dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True)
class PythonFile:
    """One Python file: `name` is its path from the root, with forward slashes."""

    root: Path
    name: str

    @cached_property
    def text(self) -> str:
        return (self.root / self.name).read_text("utf-8")

    @property
    def tree(self) -> ast.Module:
        """The parsed file; empty when it does not parse, which `problem` then says."""
        parsed = _parsed(self.text)
        return ast.Module(body=[], type_ignores=[]) if isinstance(parsed, SyntaxError) else parsed

    @property
    def problem(self) -> SyntaxError | None:
        parsed = _parsed(self.text)
        return parsed if isinstance(parsed, SyntaxError) else None

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.name.removesuffix(".py").split("/"))

    def finding(self, at: ast.AST | int, message: str) -> Finding:
        line = at if isinstance(at, int) else getattr(at, "lineno", 1)
        return Finding(self.name, line, message)


@cache
def _parsed(text: str) -> ast.Module | SyntaxError:
    """Parsed once, although every checker reads every file."""
    try:
        return ast.parse(text)
    except SyntaxError as error:
        return error


def files_under(root: Path, *places: str, suffixes: tuple[str, ...]) -> list[str]:
    """Names of the files below `places` ("." is the whole root), without what is hidden or built."""
    return sorted({name for place in places for name in _walk(root, place) if name.endswith(suffixes)})


def python_files(root: Path, *places: str) -> list[PythonFile]:
    return [PythonFile(root, name) for name in files_under(root, *places, suffixes=(".py",))]


def _walk(root: Path, place: str) -> Iterator[str]:
    start = root / place
    if start.is_file():
        yield place
    if not start.is_dir():
        return
    for entry in start.iterdir():
        if entry.name in NOT_OURS or (entry.name.startswith(".") and entry.name not in {".ci", ".chalice"}):
            continue
        yield from _walk(root, entry.relative_to(root).as_posix())


def matches_any(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path fits one of `patterns`; `*` stays inside one folder, `**` crosses folders."""
    return any(re.fullmatch(_as_regex(pattern), name) for pattern in patterns)


def _as_regex(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", "[^/]*")


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a name or attribute chain, otherwise an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    is_text = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    return body[1:] if is_text else body
