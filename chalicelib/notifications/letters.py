"""How does a message get its words? Jinja2 templates, one set per language; HTML escapes whatever it is given.

``templates/<locale>/<name>.subject``, ``.txt`` and ``.html``; a language's HTML fills in the frame ``layout.html``.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_FALLBACK = "en"


@dataclass(frozen=True)
class Letter:
    """A mail without its reader."""

    subject: str
    text: str
    html: str


def language_for(locale: str) -> str:
    """Return the language in which a reader of that locale gets letters."""
    return locale if locale in languages() else _FALLBACK


def languages() -> list[str]:
    """Return the languages that there are letters in."""
    return sorted(folder.name for folder in _TEMPLATES.iterdir() if folder.is_dir())


def rendered(name: str, language: str, *, about: object) -> Letter:
    """Write a letter; templates know what it is about as ``about``, and a name they misspell is an error."""

    def part(suffix: str) -> str:
        return _environment().get_template(f"{language}/{name}.{suffix}").render(about=about)

    return Letter(subject=" ".join(part("subject").split()), text=part("txt"), html=part("html"))


def short(name: str, language: str, *, code: str) -> str:
    """Write a text message, ``templates/<locale>/<name>.sms``; a line's end is not part of it."""
    return _environment().get_template(f"{language}/{name}.sms").render(code=code).strip()


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
