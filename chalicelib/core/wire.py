"""What shapes cross the wire? The bases of every request and answer model.

Their validators are built at first use (``defer_build``), since a function imports many and needs few.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.core import clock
from chalicelib.core.i18n.locales import LOCALES
from chalicelib.core.money import CURRENCIES

V = TypeVar("V")

# What Unicode calls white space, spelt out, since `\s` is something else in each language.
_SPACES = r"\x09-\x0d\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_EACH_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
# Beside spaces: what nobody sees, and what turns the direction of writing.
_INVISIBLE = r"\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_IN_ADDRESS = rf"[^@{_SPACES}{_INVISIBLE}]"
_IN_DOMAIN = rf"[^@.{_SPACES}{_INVISIBLE}]"
# A text needs one character that can be seen.
NOT_BLANK = rf"[^{_SPACES}]"
# One line of what can be seen: neither control characters nor spaces alone.
_CONTROL = r"\x00-\x1f\x7f-\x9f"
_BLANKS = r" \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_LINE = rf"^[^{_CONTROL}]*[^{_CONTROL}{_BLANKS}][^{_CONTROL}]*$"


def _trimmed(text: str) -> str:
    return text.strip(_EACH_SPACE)


class Trimmed(StringConstraints):
    """What a text must be as it is sent; it is kept without the spaces around it.

    ``StringConstraints(strip_whitespace=True)`` looks at what is left, which no reader of a JSON schema can know.
    """

    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        yield AfterValidator(_trimmed)


def text(max_length: int) -> Trimmed:
    """Return what a text must be, to stand beside ``str`` in an annotation."""
    return Trimmed(min_length=1, max_length=max_length, pattern=NOT_BLANK)


def line(max_length: int) -> Trimmed:
    """Return what a text of one line must be, likewise."""
    return Trimmed(min_length=1, max_length=max_length, pattern=_LINE)


# An address of the web as RFC 3986 has it, though beyond ASCII, as people copy it.
Url = Annotated[str, StringConstraints(pattern=rf'^https?://[^{_SPACES}{_INVISIBLE}"<>\\^`{{|}}]+$', max_length=500)]
Name = Annotated[str, text(120)]
# One @, something before it and a dotted domain after it; a mail to it is the proof (RFC 5321 length).
Email = Annotated[
    str, StringConstraints(pattern=rf"^{_IN_ADDRESS}{{1,64}}@{_IN_DOMAIN}+(\.{_IN_DOMAIN}+)+$", max_length=254)
]
# A mobile number of Ethiopia as people write it, or any other as ITU-T E.164 has it.
Phone = Annotated[
    str,
    StringConstraints(
        pattern=r"^((\+?251|0)?[79][0-9]{8}|\+([13-9][0-9]{7,14}|2[0-46-9][0-9]{6,13}|25[02-9][0-9]{5,12}))$"
    ),
]
Sku = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
# An id of anything, in paths and in bodies
ID = r"^[A-Za-z0-9._-]{1,100}$"
Id = Annotated[str, StringConstraints(pattern=ID)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
# A language that the shop speaks
Locale = Annotated[str, StringConstraints(pattern=f"^({'|'.join(LOCALES)})$")]

Labels = Annotated[dict[Locale, Annotated[str, line(60)]], Field(min_length=1)]
Currency = Annotated[str, StringConstraints(pattern=f"^({'|'.join(CURRENCIES)})$")]


def _in_utc(text: str) -> str:
    try:
        return clock.as_text(clock.from_text(text))
    except ValueError:
        raise PydanticCustomError("moment_unknown", "There is no such day.") from None


_DAY = r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
_OFFSET = r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
# A moment of this century with any offset (RFC 3339); what is read is the same in UTC, as it is stored.
Moment = Annotated[
    str,
    StringConstraints(pattern=f"^{_DAY}T{_TIME}{_OFFSET}$"),
    Field(examples=["2026-09-11T00:00:00+03:00"]),
    AfterValidator(_in_utc),
]


def whole(number: Any) -> Any:
    """Return 3 for 3.0: JSON and JSON Schema know no difference (RFC 8259 section 6)."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


# Beside `int` in an annotation, after its constraints.
WHOLE = BeforeValidator(whole)

# The default of what a change need not send: absent it stays as it is, and null is refused.
UNCHANGED: Any = None


class Draft(BaseModel):
    """What a caller sends. Unknown members and look-alike types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class View(BaseModel):
    """What a caller gets. Members are listed, never copied from an item."""

    model_config = ConfigDict(defer_build=True)


class PageQuery(BaseModel):
    """Query parameters of a list."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    limit: Annotated[int, Field(ge=1, le=100, description="Items on the page.")] = 20
    cursor: Annotated[str | None, Field(max_length=1024, description="`next_cursor` of the page before.")] = None


class Page(View, Generic[V]):
    """One page of a list."""

    items: list[V]
    next_cursor: Annotated[str | None, Field(description="Send as `cursor` for the next page; null at the end.")]
