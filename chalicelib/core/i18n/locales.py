"""Which language does this reader get? BCP 47 lookup over the texts that there are."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.core.settings import settings

# In which goods may be described, and in which the shop writes its own messages and letters.
LOCALES = ("en", "am", "om", "ti", "so")
WRITTEN = ("en", "am")
_MESSAGES = Path(__file__).parent / "messages"


def chosen(accept_language: str | None) -> str:
    """Return the best locale for an ``Accept-Language`` header (RFC 4647 lookup: am-ET, then am)."""
    for wanted in _by_preference(accept_language or ""):
        while wanted:
            if wanted in LOCALES:
                return wanted
            wanted = wanted.rpartition("-")[0]
    return settings.default_locale


def written(locale: str) -> str:
    """Return the locale in which the shop's own messages reach that reader: theirs, or else English."""
    return locale if locale in WRITTEN else "en"


def in_locale(texts: Mapping[str, str], locale: str) -> str:
    """Return a text in that locale, else in the shop's default, else in any."""
    return texts.get(locale_told(texts, locale), "")


def locale_told(texts: Mapping[str, str], locale: str) -> str:
    """Return in which language a reader of that locale is told of something; theirs if there are no words at all."""
    wanted = (each for each in (locale, settings.default_locale, *texts) if texts.get(each))
    return next(wanted, locale)


def message(key: str, locale: str, facts: Mapping[str, Any] | None = None) -> str | None:
    """Return the message ``section.name`` with its facts filled in, or ``None`` if nobody wrote it."""
    text = _messages(written(locale)).get(key) or _messages("en").get(key)
    return text and text.format_map(_Facts({name: _in_words(fact) for name, fact in (facts or {}).items()}))


def _in_words(fact: Any) -> Any:
    return ", ".join(map(str, fact)) if isinstance(fact, list | tuple) else fact


class _Facts(dict[str, Any]):
    """Facts for a text; one that is not known stays visible by its name."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


@cache
def _messages(locale: str) -> dict[str, str]:
    # Its regular expressions take longer to make than most requests, which need no message.
    import tomllib

    sections = tomllib.loads((_MESSAGES / f"{locale}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{name}": text for section, texts in sections.items() for name, text in texts.items()}


def _by_preference(header: str) -> list[str]:
    """Return the language ranges of a header, most wanted first, normalised to lower case."""
    weighted: list[tuple[float, str]] = []
    for part in header.lower().split(",")[:20]:
        tag, _, parameter = part.strip().partition(";")
        try:
            weight = float(parameter.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if tag and tag != "*" and weight > 0:
            weighted.append((-weight, tag.strip()))
    return [tag for _, tag in sorted(weighted, key=lambda pair: pair[0])]
