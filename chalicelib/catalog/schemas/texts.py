"""How are words sent? By language."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.catalog.rules import cleaned, elements_in
from chalicelib.core.wire import NOT_BLANK, Locale, line, text

ShortText = Annotated[str, text(200)]
Titles = Annotated[dict[Locale, ShortText], Field(min_length=1)]

Summaries = dict[Locale, Annotated[str, line(500)]]
SeoTitles = dict[Locale, Annotated[str, line(70)]]
SeoDescriptions = dict[Locale, Annotated[str, line(200)]]

_DESCRIPTION_LETTERS = 5_000
# Letters that cleaning takes away, as editors paste them, must fit too.
_UNCLEANED_LETTERS = 20_000
_ELEMENTS = 1_000


def _cleaned(markup: str) -> str:
    if elements_in(markup) > _ELEMENTS:
        raise PydanticCustomError("too_many_elements", "Use at most {limit} elements.", {"limit": _ELEMENTS})
    clean = cleaned(markup)
    if len(clean) > _DESCRIPTION_LETTERS:
        facts = {"max_length": _DESCRIPTION_LETTERS}
        raise PydanticCustomError("string_too_long", "Use at most {max_length} characters.", facts)
    return clean


def _without_blanks(texts: dict[str, str]) -> dict[str, str]:
    return {locale: text for locale, text in texts.items() if text}


LongText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=_UNCLEANED_LETTERS, pattern=NOT_BLANK),
    AfterValidator(_cleaned),
]
Blurb = Annotated[str, StringConstraints(min_length=1, max_length=1_000, pattern=NOT_BLANK), AfterValidator(_cleaned)]
Blurbs = Annotated[
    dict[Locale, Blurb],
    AfterValidator(_without_blanks),
    Field(description="HTML of the elements that descriptions of products may have."),
]
Descriptions = Annotated[
    dict[Locale, LongText],
    AfterValidator(_without_blanks),
    Field(
        description="HTML: p, br, strong, em, ul, ol, li, h2, h3, h4, blockquote, and a with href to http, https or "
        "mailto. All else is taken away, and 5,000 characters may be left. A language without any is left out."
    ),
]
