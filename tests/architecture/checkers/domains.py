"""Holds the order of the domains: imports run downhill, and those who only listen are imported by nobody."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.architecture.checkers.imports import imports_of
from tests.architecture.checkers.layers import is_constant, role_of
from tests.architecture.checkers.source import Finding, PythonFile, python_files

FOUNDATION = (
    *("users", "addresses", "vendors", "catalog", "inventory", "pictures", "shipping", "pricing", "promotions"),
    "payments",
)
CHAIN = ("carts", "orders", "checkout", "fulfilment", "returns")
LISTENERS = ("reviews", "search", "recommendations", "notifications", "analytics", "audit")
FRONT = ("admin", "graphql", "platform")

HEIGHT = {
    **dict.fromkeys(FOUNDATION, 0),
    **{domain: height for height, domain in enumerate(CHAIN, start=1)},
    **dict.fromkeys(LISTENERS, 10),
    **dict.fromkeys(FRONT, 20),
}

Edge = tuple[str, str]


def check_domains(root: Path) -> list[Finding]:
    """Imports between domains that climb, that ask a listener, or that close a cycle."""
    edges: dict[Edge, Finding] = {}
    found = []
    for file in python_files(root, "chalicelib"):
        if len(file.parts) < 3 or file.parts[1] == "core":
            continue
        if file.parts[1] not in HEIGHT:
            found.append(file.finding(1, f"the domain {file.parts[1]} has no place in the order of domains"))
            continue
        for other, line in _other_domains(file):
            refusal = _refusal(file.parts[1], other)
            if refusal:
                found.append(file.finding(line, refusal))
            elif HEIGHT[file.parts[1]] == HEIGHT[other]:
                edges.setdefault((file.parts[1], other), file.finding(line, ""))
    return found + _cycle(edges)


def _other_domains(file: PythonFile) -> Iterator[tuple[str, int]]:
    for each in imports_of(file):
        target = tuple(each.target.split("."))
        if target[0] != "chalicelib" or len(target) < 2 or is_constant(target):
            continue
        if target[1] in {"core", file.parts[1]}:
            continue
        # Listening is what an uphill need becomes, so it makes no dependency.
        if role_of(file.parts) == "reactions" and role_of(target) == "events":
            continue
        yield target[1], each.line


def _refusal(domain: str, other: str) -> str | None:
    if other not in HEIGHT:
        return f"{domain} imports {other}, which has no place in the order of domains"
    if other in LISTENERS and domain not in FRONT:
        return f"{domain} imports {other}, which only listens"
    if HEIGHT[other] > HEIGHT[domain] or other in FRONT:
        return f"{domain} imports {other}, which stands above it: make it an event"
    return None


def _cycle(edges: dict[Edge, Finding]) -> list[Finding]:
    graph: dict[str, set[str]] = {}
    for domain, other in edges:
        graph.setdefault(domain, set()).add(other)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1]
        # graphlib lists a ring from the imported to the importing domain.
        path = " -> ".join(reversed(ring))
        where = edges[(ring[1], ring[0])]
        return [Finding(where.path, where.line, f"domains import each other in a cycle: {path}")]
    return []
