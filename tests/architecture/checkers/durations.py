"""Refuses durations written into code or state machines: they are settings and template parameters."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checkers.source import (
    Finding,
    PythonFile,
    dotted,
    files_under,
    matches_any,
    python_files,
)

SETTINGS = ("chalicelib/core/settings.py", "chalicelib/core/settings/**")
DURATION_NAME = re.compile(r"(^|_)(seconds|minutes|hours|days|weeks|milliseconds)$", re.IGNORECASE)
MACHINE_FIELD = re.compile(
    r'"(?P<field>TimeoutSeconds|IntervalSeconds|HeartbeatSeconds|MaxDelaySeconds|Seconds)"'
    r'\s*:\s*(?P<value>"[^"\n]*"|[^,}\n]+)'
)
LITERAL = re.compile(r'^"?(?:\{%)?\s*\d+(?:\.\d+)?\s*(?:%\})?"?\s*$')


def check_machine_durations(root: Path) -> list[Finding]:
    """Numbers in the waiting and retrying fields of `statemachines/*.asl.json`.

    The text is searched instead of the JSON, since an unquoted `${Substitution}` is no JSON yet.
    """
    found = []
    for name in files_under(root, "statemachines", suffixes=(".asl.json",)):
        text = (root / name).read_text("utf-8")
        for field in MACHINE_FIELD.finditer(text):
            if LITERAL.match(field["value"].strip()):
                line = text.count("\n", 0, field.start()) + 1
                wanted = "${Substitution}"
                found.append(Finding(name, line, f"{field['field']} is a literal; give it by {wanted}"))
    return found


def check_code_durations(root: Path) -> list[Finding]:
    """Literal `timedelta`s and literal values of names such as `lease_seconds` outside the settings."""
    found: list[Finding] = []
    for file in python_files(root, "chalicelib", "functions"):
        if not matches_any(file.name, SETTINGS):
            found += [finding for node in ast.walk(file.tree) for finding in _check(file, node)]
    return found


def _check(file: PythonFile, node: ast.AST) -> Iterator[Finding]:
    if isinstance(node, ast.Call) and dotted(node.func).rsplit(".", 1)[-1] == "timedelta":
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
        if any(_is_literal(value) for value in values):
            yield file.finding(node, "a timedelta of a literal; take the duration from the settings")
        return
    for name, value in _named_values(node):
        if DURATION_NAME.search(name) and _is_literal(value):
            yield file.finding(value, f"{name} is a literal; take the duration from the settings")


def _named_values(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Each name that `node` gives a value to: by assignment, as a default, or as a keyword of a call."""
    if isinstance(node, ast.Assign):
        yield from ((_last_name(target), node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr | ast.AugAssign) and node.value is not None:
        yield _last_name(node.target), node.value
    elif isinstance(node, ast.arguments):
        positional = [*node.posonlyargs, *node.args]
        with_default = positional[len(positional) - len(node.defaults) :]
        yield from ((each.arg, value) for each, value in zip(with_default, node.defaults, strict=True))
        keyword_only = zip(node.kwonlyargs, node.kw_defaults, strict=True)
        yield from ((each.arg, value) for each, value in keyword_only if value is not None)
    elif isinstance(node, ast.Call) and dotted(node.func).rsplit(".", 1)[-1] != "timedelta":
        yield from ((keyword.arg or "", keyword.value) for keyword in node.keywords)


def _last_name(target: ast.expr) -> str:
    return dotted(target).rsplit(".", 1)[-1]


def _is_literal(value: ast.expr) -> bool:
    """A number other than zero, or a sum made of nothing but numbers."""
    if isinstance(value, ast.Constant):
        return isinstance(value.value, int | float) and bool(value.value) and value.value is not True
    if isinstance(value, ast.BinOp):
        return _is_literal(value.left) and _is_literal(value.right)
    return isinstance(value, ast.UnaryOp) and _is_literal(value.operand)
