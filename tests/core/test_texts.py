"""Is a text measured as it is sent, as the document says, and kept without the spaces around it?"""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, StringConstraints, TypeAdapter, ValidationError

from app import app
from chalicelib.core.http.operation import Operation
from chalicelib.core.wire import Draft, Trimmed, line, text

OPERATIONS = [pytest.param(each, id=each.id) for each in app.operations]
SURROGATES = range(0xD800, 0xE000)
LETTERS = [chr(point) for point in range(0x11000) if point not in SURROGATES]
A_TEXT = TypeAdapter(Annotated[str, text(20)])
A_LINE = TypeAdapter(Annotated[str, line(20)])


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_operation_shortens_what_it_has_not_measured(operation: Operation) -> None:
    assert [told for told in (operation.body_type, operation.query_type) if told and shortens(told)] == []


class Hasty(Draft):
    titles: list[Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]]


class Patient(Draft):
    titles: list[Annotated[str, Trimmed(max_length=20)]]


def test_one_that_does_would_be_noticed() -> None:
    assert shortens(Hasty)
    assert not shortens(Patient)


@pytest.mark.parametrize("sent", ["\t" + "a" * 20, "a" * 20 + " ", "\u3000 ", ""])
def test_what_is_too_long_or_blank_as_it_is_sent_is_refused(sent: str) -> None:
    assert refuses(A_TEXT, sent)
    assert refuses(A_LINE, sent)


@pytest.mark.parametrize("sent", ["a\nb", "\ta", "a\n", "a\x85"])
def test_a_line_is_one_line(sent: str) -> None:
    assert refuses(A_LINE, sent)
    assert not refuses(A_TEXT, sent)


def test_no_space_is_kept_around_a_text() -> None:
    assert A_TEXT.validate_python("\u2028\t a b\u3000\n") == "a b"
    assert A_LINE.validate_python("\u3000 a b\xa0") == "a b"


@pytest.mark.parametrize("kind", [A_TEXT, A_LINE], ids=["text", "line"])
def test_something_is_left_of_whatever_is_taken(kind: TypeAdapter[str]) -> None:
    taken = [letter for letter in LETTERS if not refuses(kind, letter)]

    assert len(taken) > 60_000
    assert all(kind.validate_python(letter) == letter for letter in taken)


def refuses(kind: TypeAdapter[str], sent: str) -> bool:
    try:
        kind.validate_python(sent)
    except ValidationError:
        return True
    return False


def shortens(told: type[BaseModel]) -> bool:
    """Tell whether spaces are cut off from some text in it before its length is looked at."""
    told.model_rebuild(force=True)
    return any(part.get("strip_whitespace") for part in parts_of(told.__pydantic_core_schema__))


def parts_of(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from parts_of(part)
    elif isinstance(schema, list | tuple):
        for part in schema:
            yield from parts_of(part)
