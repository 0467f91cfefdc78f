"""Can the shop say, in each of its languages, why it refuses?"""

import importlib
import string
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from chalicelib.core.errors import Refusal
from chalicelib.core.i18n.locales import WRITTEN

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = ROOT / "chalicelib" / "core" / "i18n" / "messages"
# The trunk of the tree: nobody raises it.
ABSTRACT = {Refusal}

Texts = dict[str, dict[str, str]]


def texts_in(locale: str) -> Texts:
    return tomllib.loads((MESSAGES / f"{locale}.toml").read_text("utf-8"))


def refusals() -> set[type[Refusal]]:
    """Every refusal of the product: all modules that could declare one are imported first."""
    for path in [*ROOT.glob("chalicelib/**/errors.py"), *ROOT.glob("chalicelib/**/errors/*.py")]:
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return {each for each in _below(Refusal) if each.__module__.startswith("chalicelib.")} - ABSTRACT


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def missing(codes: Iterable[str], texts: Texts) -> list[str]:
    """Return the texts that nobody wrote, as ``section.code``."""
    return [
        f"{part}.{code}" for code in sorted(set(codes)) for part in ("titles", "details") if not texts[part].get(code)
    ]


@pytest.mark.parametrize("locale", WRITTEN)
def test_every_refusal_has_a_title_and_a_detail(locale: str) -> None:
    assert missing([each.code for each in refusals()], texts_in(locale)) == []


def test_a_refusal_without_words_is_reported() -> None:
    texts = {"titles": {"sold_out": "Sold out", "half": "Half"}, "details": {"sold_out": "Come again.", "half": ""}}

    assert missing(["sold_out", "half", "mute"], texts) == ["details.half", "titles.mute", "details.mute"]


def test_a_code_means_one_thing() -> None:
    by_code: dict[str, set[str]] = {}
    for each in refusals():
        by_code.setdefault(each.code, set()).add(each.__qualname__)

    assert {code: names for code, names in by_code.items() if len(names) > 1} == {}


@pytest.mark.parametrize("locale", [each for each in WRITTEN if each != "en"])
def test_a_translation_has_the_same_texts_and_names_the_same_facts(locale: str) -> None:
    english, translated = texts_in("en"), texts_in(locale)

    for section, texts in english.items():
        assert texts.keys() == translated[section].keys(), section
        for name, text in texts.items():
            assert facts_in(text) == facts_in(translated[section][name]), f"{section}.{name}"


@pytest.mark.parametrize("locale", WRITTEN)
def test_no_text_is_left_from_a_refusal_that_is_gone(locale: str) -> None:
    codes = {each.code for each in refusals()}

    assert [code for part in ("titles", "details") for code in texts_in(locale)[part] if code not in codes] == []


def facts_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
