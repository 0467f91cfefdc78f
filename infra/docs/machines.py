"""What do the state machines look like? Pictures for docs/workflows.md, drawn from the definitions.

``python -m infra.docs.machines`` says whether the document is stale; ``--write`` brings it up to date.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MACHINES = ROOT / "statemachines"
DOCUMENT = ROOT / "docs" / "workflows.md"

State = Mapping[str, Any]
Arrow = tuple[str, str, str]

_BARE_PLACEHOLDER = re.compile(r'(?<!")\$\{(\w+)\}(?!")')
_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
_OUTCOME = re.compile(r"outcome = '(\w+)'")
_PICTURE = re.compile(r"(<!-- machine: (\w+) -->\n).*?(<!-- end of machine -->)", re.DOTALL)


def read_machine(path: Path) -> dict[str, Any]:
    """Read a definition; a placeholder that stands for a number is read as its name in a string."""
    machine: dict[str, Any] = json.loads(_BARE_PLACEHOLDER.sub(r'"${\1}"', path.read_text()))
    return machine


def placeholders(path: Path) -> set[str]:
    """Name what a template has to substitute; the embedded cloud accepts a definition that lacks some of it."""
    return set(_PLACEHOLDER.findall(path.read_text()))


def render(path: Path) -> str:
    """Draw one machine as a Mermaid state diagram."""
    machine = read_machine(path)
    states: Mapping[str, State] = machine["States"]
    lines = ["stateDiagram-v2", f"    [*] --> {_id(machine['StartAt'])}"]
    lines += [f"    {line}" for name, state in states.items() for line in _declared(name, state)]
    for name, state in states.items():
        for source, target, label in _arrows(name, state):
            lines.append(f"    {_id(source)} --> {_id(target)}" + (f": {label}" if label else ""))
        if state.get("End") or state["Type"] in ("Succeed", "Fail"):
            lines.append(f"    {_id(name)} --> [*]")
    return "\n".join(lines) + "\n"


def with_pictures(document: str) -> str:
    """Return the document with every picture drawn anew."""

    def redrawn(match: re.Match[str]) -> str:
        picture = render(MACHINES / f"{match[2]}.asl.json")
        return f"{match[1]}```mermaid\n{picture}```\n{match[3]}"

    return _PICTURE.sub(redrawn, document)


def pictured_machines(document: str) -> set[str]:
    """Return the names of the machines that the document has a place for."""
    return {match[2] for match in _PICTURE.finditer(document)}


def arrows(machine: Mapping[str, Any]) -> Iterator[Arrow]:
    """Yield every way from one state to another: from, to, and what decides it."""
    for name, state in machine["States"].items():
        yield from _arrows(name, state)


def _declared(name: str, state: State) -> Iterator[str]:
    if _id(name) != name:
        yield f'state "{name}" as {_id(name)}'
    if state["Type"] == "Fail":
        yield f"note right of {_id(name)}: fails, and an alarm rings"


def _arrows(name: str, state: State) -> Iterator[Arrow]:
    for rule in state.get("Choices", []):
        yield name, rule["Next"], ", ".join(_OUTCOME.findall(rule["Condition"]))
    if "Default" in state:
        yield name, state["Default"], "anything else"
    if "Next" in state:
        yield name, state["Next"], ""
    for catcher in state.get("Catch", []):
        yield name, catcher["Next"], "fault"


def _id(name: str) -> str:
    return re.sub(r"\W", "_", name)


def main(arguments: list[str]) -> int:
    """Check the document, or write it."""
    document = DOCUMENT.read_text()
    drawn = with_pictures(document)
    if "--write" in arguments:
        DOCUMENT.write_text(drawn)
    elif drawn != document:
        print(f"{DOCUMENT.relative_to(ROOT)} is stale: run python -m infra.docs.machines --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
