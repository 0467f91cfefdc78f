"""Has every way in which an invariant complains been provoked by a table that was broken so?"""

import ast
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from chalicelib.core import clock
from infra.books import invariants
from infra.books.checking import INVARIANTS, books_of
from infra.books.invariants.quotes import mistakes
from tests.books.copy_of_table import TableCopy
from tests.books.test_breakages import BREAKAGES
from tests.books.test_quotes import FREE, MISTAKES, TENTH
from tests.notifications.builders import a_quote

Line = tuple[str, int]
FOLDER = Path(invariants.__file__).parent
BY_NAME = {invariant.__name__: invariant for invariant in INVARIANTS}


def test_every_complaint_has_been_provoked(filled) -> None:
    made: set[Line] = set()
    for breakage in BREAKAGES:
        table = TableCopy(filled.stored)
        breakage.break_it(table)
        books = books_of(table.rows, clock.now())
        with lines_run_in(str(FOLDER), made):
            list(BY_NAME[breakage.invariant](books))
    for change, _ in MISTAKES:
        with lines_run_in(str(FOLDER), made):
            list(mistakes(change(a_quote(promotions=[TENTH, FREE]))))

    complaints = list(complaints_in(FOLDER.glob("*.py")))
    assert [each for each in complaints if made.isdisjoint(each)] == []
    assert len(complaints) > len(INVARIANTS)


def complaints_in(modules: Iterable[Path]) -> Iterator[list[Line]]:
    """Find what yields something, each by its lines."""
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Yield):
                yield [(module.name, number) for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)]


@contextmanager
def lines_run_in(folder: str, made: set[Line]) -> Iterator[None]:
    """Collect which lines of the modules in a folder are run meanwhile."""

    def entered(frame: FrameType, event: str, _: Any) -> Any:
        return run if frame.f_code.co_filename.startswith(folder) else None

    def run(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            made.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
        return run

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        yield
    finally:
        sys.settrace(before)
