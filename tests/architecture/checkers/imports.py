"""Lists what a file imports, each import as the dotted name it finally reaches."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.checkers.source import PythonFile


@dataclass(frozen=True)
class Import:
    target: str
    line: int

    def reaches(self, package: str) -> bool:
        return self.target == package or self.target.startswith(package + ".")


def imports_of(file: PythonFile) -> Iterator[Import]:
    """Every import of `file`, wherever it stands: in a function and under `TYPE_CHECKING` too."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(file, node)
            yield from (Import(_joined(base, alias.name), node.lineno) for alias in node.names)


def _base(file: PythonFile, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = file.parts[: len(file.parts) - node.level]
    return _joined(".".join(package), node.module or "")


def _joined(base: str, name: str) -> str:
    return ".".join(part for part in (base, name) if part and part != "*")
