"""Does the page about the architecture show the very tables that the checkers hold?"""

import re

from infra.packaging import REPOSITORY
from tests.architecture.checkers.domains import CHAIN, FOUNDATION, FRONT, LISTENERS
from tests.architecture.checkers.layers import ANY, TABLE, Row

PAGE = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
LAYERS = re.compile(r"<!-- layers -->\n(?P<rows>.*?)<!-- end of layers -->", re.DOTALL)


def test_the_page_has_the_table_of_imports() -> None:
    head = "| file | of its own domain | of other domains | of `core` |\n|---|---|---|---|\n"
    found = LAYERS.search(PAGE)

    assert found is not None
    assert found["rows"] == head + "".join(as_line(name, row) for name, row in TABLE.items() if name != "__init__")


def test_the_page_names_every_domain_that_is_there() -> None:
    known = (*FOUNDATION, *CHAIN, *LISTENERS, *FRONT)
    there = {name for name in known if (REPOSITORY / "chalicelib" / name).is_dir()}
    section = PAGE.partition("## Domains")[2].partition("## ")[0]

    assert {name for name in known if re.search(rf"\b{name}\b", section)} == there


def as_line(name: str, row: Row) -> str:
    core = "anything" if ANY in row.core else listed(row.core)
    but = f" but {listed(row.core_except)}" if row.core_except else ""
    return f"| `{name}` | {listed(row.own)} | {listed(row.others)} | {core}{but} |\n"


def listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nothing"
