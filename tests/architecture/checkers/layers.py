"""Holds the import table: which file of a domain may import which other files."""

from dataclasses import dataclass
from pathlib import Path

from tests.architecture.checkers.imports import Import, imports_of
from tests.architecture.checkers.source import Finding, PythonFile, python_files

ANY = "*"


@dataclass(frozen=True)
class Row:
    """What one kind of file may import: files of its own domain, of other domains, and parts of core."""

    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    core: tuple[str, ...] = ()
    core_except: tuple[str, ...] = ()


ADAPTER = "<vendor>"
TABLE = {
    "routes": Row(
        own=("schemas", "views", "service", "models", "rules", "errors", "enums"),
        others=("errors", "rules"),
        core=("http", "wire", "settings"),
    ),
    "views": Row(
        own=("service", "models", "rules", "schemas", "enums"),
        others=("rules", "schemas", "views"),
        core=("i18n", "money", "settings"),
    ),
    # Rules are pure values and decisions, so whoever stands uphill may share them.
    "schemas": Row(own=("enums", "rules"), others=("rules", "schemas"), core=("money", "wire")),
    "service": Row(
        own=("schemas", "rules", "store", "models", "events", "errors", "enums", ADAPTER),
        others=("service", "rules", "errors"),
        core=(ANY,),
        core_except=("http",),
    ),
    "rules": Row(own=("errors", "enums"), others=("rules",), core=("money", "clock", "errors", "phones")),
    "models": Row(own=("enums", "rules"), others=("rules",), core=("storage", "money")),
    "store": Row(own=("models", "rules", "events", "errors", "enums"), core=("storage", "clock", "errors")),
    "events": Row(own=("enums", "rules"), core=("events", "money")),
    "reactions": Row(own=("service", "rules", "events", "errors", "enums"), others=("events",), core=("events",)),
    "errors": Row(own=("enums",), core=("errors", "money")),
    "enums": Row(),
    "steps": Row(own=("service", "rules", "errors", "enums"), others=("service",), core=("workflows",)),
    ADAPTER: Row(
        own=("errors", "enums"),
        core=("settings", "secrets", "aws", "remote", "circuits", "money", "errors", "observability", "storage.files"),
    ),
    "__init__": Row(),
}
# Domains that show the shop as a whole instead of selling something.
WHOLE_DOMAINS = {
    "graphql": Row(own=(ANY,), others=("service", "schemas", "errors", "enums"), core=(ANY,)),
    "platform": Row(own=(ANY,), core=(ANY,)),
}
FUNCTIONS = Row(others=("routes", "reactions", "steps"), core=(ANY,))
FUNCTION_PLACES = ("functions", "app.py")


def check_layers(root: Path) -> list[Finding]:
    """Every import inside the project that the table does not allow."""
    found = [finding for file in python_files(root, "chalicelib") for finding in _check_chalicelib(file)]
    for file in python_files(root, *FUNCTION_PLACES):
        found += [finding for each in imports_of(file) if (finding := _check_function(file, each))]
    return found


def role_of(parts: tuple[str, ...]) -> str:
    """The row of the table for a path or dotted name: `("chalicelib", "orders", "service", "placing")`."""
    name = parts[2] if len(parts) > 2 else "__init__"
    return name if name in TABLE else ADAPTER


def is_constant(target: tuple[str, ...]) -> bool:
    """Whether a dotted name is a constant of the package itself, such as `chalicelib.VERSION`."""
    return len(target) == 2 and target[1].isupper()


def _check_chalicelib(file: PythonFile) -> list[Finding]:
    if len(file.parts) < 3:
        return []
    domain, role = file.parts[1], role_of(file.parts)
    found = []
    for each in imports_of(file):
        refusal = _refusal(domain, role, each)
        if refusal:
            found.append(file.finding(each.line, refusal))
    return found


def _refusal(domain: str, role: str, each: Import) -> str | None:
    if each.reaches("functions") or each.reaches("infra") or each.reaches("tests") or each.reaches("app"):
        return f"chalicelib imports {each.target}, which stands above it"
    if not each.reaches("chalicelib"):
        return None
    if domain == "core":
        return None if each.reaches("chalicelib.core") else f"core imports a domain: {each.target}"
    row = WHOLE_DOMAINS.get(domain, TABLE[role])
    target = tuple(each.target.split("."))
    if _allowed(row, target, domain=domain, role=role):
        return None
    return f"{domain}/{role} may not import {each.target}"


def _allowed(row: Row, target: tuple[str, ...], *, domain: str, role: str) -> bool:
    if is_constant(target):
        return True
    if len(target) < 3:
        return False
    if target[1] == "core":
        return _core_allowed(row, ".".join(target[2:]))
    target_role = role_of(target)
    if target[1] == domain:
        return target_role == role or ANY in row.own or target_role in row.own
    return target_role in row.others


def _core_allowed(row: Row, wanted: str) -> bool:
    if _part_of(wanted, row.core_except):
        return False
    return ANY in row.core or _part_of(wanted, row.core)


def _part_of(wanted: str, parts: tuple[str, ...]) -> bool:
    return any(f"{wanted}.".startswith(f"{part}.") for part in parts)


def _check_function(file: PythonFile, each: Import) -> Finding | None:
    if each.reaches("functions") and file.parts[0] == "functions":
        return file.finding(each.line, f"a function imports another one: {each.target}")
    if not each.reaches("chalicelib") or each.reaches("chalicelib.graphql"):
        return None
    if _allowed(FUNCTIONS, tuple(each.target.split(".")), domain="functions", role="functions"):
        return None
    return file.finding(each.line, f"functions may import routes, reactions, steps and core, not {each.target}")
