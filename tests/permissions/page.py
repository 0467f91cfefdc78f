"""What does docs/permissions.md say, and does it say what the operations declare?"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
CALLERS = (
    "anonymous",
    "customer",
    "other customer",
    "vendor",
    "other vendor",
    "staff without",
    "staff with",
    "admin",
)
OWNER = "customer"
_HEAD = ("operation", "door", "permission", "checks", *CALLERS)
_MARKS = {"yes": True, "-": False}
_PERMITTED = re.compile(r"(?P<door>staff|seller)\((?P<permission>[\w.]+)\)")
_SIGNED_IN = frozenset(CALLERS) - {"anonymous"}
# Whom a door can let in. What it opens may belong to one of them, so that the others find nothing.
_WIDEST = {
    "public": frozenset(CALLERS),
    "anyone": frozenset(CALLERS),
    "customer": _SIGNED_IN,
    "owner": _SIGNED_IN,
    "vendor": frozenset({"vendor", "other vendor"}),
    "staff": frozenset({"staff with", "admin"}),
    "seller": frozenset({"vendor", "other vendor", "staff with", "admin"}),
}
_LETS_IN_ALL_OF_THEM = ("public", "anyone", "staff", "seller")


@dataclass(frozen=True)
class Declared:
    """One operation of the OpenAPI document, and who it says may call it: ``public``, ``owner(cart)``, ``staff``..."""

    id: str
    domain: str
    method: str
    path: str
    door: str
    permission: str
    checks: str

    @property
    def kind_of_door(self) -> str:
        return self.door.partition("(")[0]

    @property
    def names_a_thing(self) -> bool:
        return "{" in self.path


@dataclass(frozen=True)
class Row:
    """One operation of the page: what it declares, and which callers get in."""

    operation: str
    door: str
    permission: str
    checks: str
    lets_in: frozenset[str]

    def __str__(self) -> str:
        marks = ["yes" if caller in self.lets_in else "-" for caller in CALLERS]
        return f"| {' | '.join([f'`{self.operation}`', self.door, self.permission, self.checks, *marks])} |"


def declared_in(document: Mapping[str, Any]) -> list[Declared]:
    """Return every operation of an OpenAPI document."""
    return [
        _declared(path, method, said) for path, methods in document["paths"].items() for method, said in methods.items()
    ]


def _declared(path: str, method: str, said: Mapping[str, Any]) -> Declared:
    permitted = _PERMITTED.fullmatch(said["x-access"])
    return Declared(
        id=said["operationId"],
        domain=said["tags"][0],
        method=method.upper(),
        path=path,
        door=permitted["door"] if permitted else said["x-access"],
        permission=permitted["permission"] if permitted else "",
        checks=", ".join(said["x-access-checks"]),
    )


def rows_of(page: str) -> dict[str, Row]:
    """Return the rows of the page by operation; a row that cannot be read is an error."""
    found: dict[str, Row] = {}
    for cells in _cells(page):
        row = _row(cells)
        assert row.operation not in found, f"docs/permissions.md: {row.operation} has two rows"
        found[row.operation] = row
    return found


def _cells(page: str) -> Iterator[list[str]]:
    lines = iter([cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines())
    assert _HEAD in map(tuple, lines), f"docs/permissions.md: no table has the columns {_HEAD}"
    next(lines)
    yield from takewhile(lambda cells: len(cells) > 1, lines)


def _row(cells: Sequence[str]) -> Row:
    operation, door, permission, checks, *marks = cells
    assert len(marks) == len(CALLERS), f"docs/permissions.md: {operation} needs a mark for each of {CALLERS}"
    assert set(marks) <= set(_MARKS), f"docs/permissions.md: {operation} has a mark that is neither yes nor -"
    lets_in = frozenset(caller for caller, mark in zip(CALLERS, marks, strict=True) if _MARKS[mark])
    return Row(operation.strip("`"), door, permission, checks, lets_in)


def differences(rows: Mapping[str, Row], operations: Iterable[Declared]) -> list[str]:
    """Say where the page and the declarations disagree, and what cannot be as the page says."""
    declared = {each.id: each for each in operations}
    gone = [f"{name}: has a row, but there is no such operation" for name in sorted(rows.keys() - declared.keys())]
    return gone + [said for name in sorted(declared) for said in _of(declared[name], rows.get(name))]


def _of(operation: Declared, row: Row | None) -> Iterator[str]:
    if operation.kind_of_door not in _WIDEST:
        yield f"{operation.id}: tests/permissions/page.py does not know whom the door {operation.door} can let in"
        return
    if row is None:
        yield f"{operation.id}: has no row in docs/permissions.md; weigh each mark, and add {_proposed(operation)}"
        return
    for what in ("door", "permission", "checks"):
        declared, written = getattr(operation, what), getattr(row, what)
        if declared != written:
            yield f"{operation.id}: declares {what} {declared!r}, its row says {written!r}"
    allowed = _can_let_in(operation)
    for caller in CALLERS:
        if caller in row.lets_in - allowed:
            yield f"{operation.id}: its row lets in {caller}, whom the door {operation.door} never does"
    if operation.kind_of_door in _LETS_IN_ALL_OF_THEM and allowed - row.lets_in:
        yield f"{operation.id}: its row keeps out {sorted(allowed - row.lets_in)}, whom the door lets in"
    if not row.lets_in:
        yield f"{operation.id}: its row lets in nobody"


def _can_let_in(operation: Declared) -> frozenset[str]:
    widest = _WIDEST[operation.kind_of_door]
    if operation.names_a_thing and operation.kind_of_door == "owner":
        return frozenset({OWNER})
    if operation.names_a_thing and operation.kind_of_door == "seller":
        return widest - {"other vendor"}
    return widest


def _proposed(operation: Declared) -> Row:
    return Row(operation.id, operation.door, operation.permission, operation.checks, _can_let_in(operation))
