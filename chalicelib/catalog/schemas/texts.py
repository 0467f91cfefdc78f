"""How are words sent? By language."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.core.wire import NOT_BLANK, Locale

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NOT_BLANK)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000, pattern=NOT_BLANK)]
Titles = Annotated[dict[Locale, ShortText], Field(min_length=1)]
Descriptions = dict[Locale, LongText]
