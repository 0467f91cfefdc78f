"""How does a letter of a few sentences get its words? From ``templates/<locale>/notices.toml``, by its name.

All of them share the templates ``notice``, so that both parts of a letter say the same.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.notifications import letters
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.letters import Letter

_TEMPLATES = Path(__file__).parent / "templates"

Facts = Mapping[str, str | int]


@dataclass(frozen=True)
class _About:
    """What the templates know. ``advice`` is what to do if it was somebody else; ``button`` is the link's name."""

    name: str
    link: str
    subject: str
    said: tuple[str, ...]
    advice: str = ""
    button: str = ""


def written(
    notice: Notice,
    language: str,
    *,
    name: str = "",
    link: str = "",
    facts: Facts | None = None,
    quoted: Sequence[str] = (),
) -> Letter:
    """Write a notice to somebody of that name; a fact that its words lack is an error.

    What is ``quoted`` follows the first sentence.
    """
    words = words_in(language)[notice]
    first, *others = (sentence.format_map(facts or {}) for sentence in words["said"])
    said = (first, *(f"– {each}" for each in quoted), *others)
    subject = words["subject"].format_map(facts or {})
    return letters.rendered("notice", language, about=_About(name, link, **{**words, "subject": subject, "said": said}))


@cache
def words_in(language: str) -> dict[str, dict[str, Any]]:
    """Return the words of every notice in a language."""
    return tomllib.loads((_TEMPLATES / language / "notices.toml").read_text(encoding="utf-8"))
