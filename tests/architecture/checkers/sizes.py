"""Holds the walls: lengths of files, functions and routes, positional parameters, opening sentences."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checkers.layers import role_of
from tests.architecture.checkers.source import (
    EVERYTHING,
    PRODUCT,
    Finding,
    PythonFile,
    python_files,
    without_docstring,
)

FILE_LINES = 300
FUNCTION_LINES = 40
ROUTE_LINES = 6
POSITIONAL = 3

Function = ast.FunctionDef | ast.AsyncFunctionDef


def check_sizes(root: Path) -> list[Finding]:
    """Files, functions, routes and parameter lists that are over their wall."""
    found: list[Finding] = []
    for file in python_files(root, *EVERYTHING):
        found += _file(file)
        for function in _functions(file):
            found += _function(file, function)
    for file in python_files(root, "chalicelib"):
        for function in _functions(file):
            found += _parameters(file, function)
            if role_of(file.parts) == "routes" and file.parts[1] != "core" and function.decorator_list:
                found += _route(file, function)
    return found


def check_openings(root: Path) -> list[Finding]:
    """Product modules that do not open with one sentence saying what they answer."""
    return [
        file.finding(1, "the first line is no one-sentence module docstring")
        for file in python_files(root, *PRODUCT)
        if file.text.strip() and not _opens_with_a_sentence(file)
    ]


def _opens_with_a_sentence(file: PythonFile) -> bool:
    docstring = ast.get_docstring(file.tree)
    starts_the_file = bool(file.tree.body) and file.tree.body[0].lineno <= (2 if file.text[:2] == "#!" else 1)
    if not docstring or not starts_the_file:
        return False
    return docstring.splitlines()[0].endswith((".", "?", "!"))


def _functions(file: PythonFile) -> Iterator[Function]:
    for node in ast.walk(file.tree):
        if isinstance(node, Function):
            yield node


def _file(file: PythonFile) -> Iterator[Finding]:
    if problem := file.problem:
        yield file.finding(problem.lineno or 1, f"does not parse: {problem.msg}")
    lines = len(file.text.splitlines())
    if lines > FILE_LINES:
        yield file.finding(lines, f"{lines} lines; the wall is {FILE_LINES}")


def _function(file: PythonFile, function: Function) -> Iterator[Finding]:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if lines > FUNCTION_LINES:
        yield file.finding(function, f"{function.name} has {lines} lines; the wall is {FUNCTION_LINES}")


def _parameters(file: PythonFile, function: Function) -> Iterator[Finding]:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    positional = [name for name in names if name not in {"self", "cls"}]
    if len(positional) > POSITIONAL:
        wanted = f"make all but {POSITIONAL} keyword-only"
        yield file.finding(function, f"{function.name} has {len(positional)} positional parameters; {wanted}")


def _route(file: PythonFile, function: Function) -> Iterator[Finding]:
    body = without_docstring(function.body)
    lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
    if lines > ROUTE_LINES:
        yield file.finding(function, f"the route {function.name} has {lines} lines; the wall is {ROUTE_LINES}")
    for node in ast.walk(function):
        if isinstance(node, ast.If | ast.IfExp | ast.Match):
            yield file.finding(node, f"the route {function.name} decides; a route only passes on")
