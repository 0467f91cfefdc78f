"""Is every setting read as it was meant, and refused with a sentence that helps?"""

from decimal import Decimal

import pytest

from chalicelib.core.rates import Rate
from chalicelib.core.settings import (
    Setting,
    SettingMissing,
    declared,
    names,
    number,
    percent,
    rate,
    settings,
    switch,
    text,
)


class Some:
    """Settings of another program."""

    loom = text("Name of the loom.")
    threads = number("Threads of the warp.", 400)
    shrinkage = percent("How much it shrinks.", "2.5")
    is_fine = switch("Whether it is fine.", False)
    colours = names("Colours in use.", "red, green")
    knots = rate("Knots that may be tied.", "3/60")


some = Some()


def test_defaults_stand_in_for_what_is_not_set() -> None:
    assert (some.threads, some.shrinkage, some.is_fine) == (400, Decimal("2.5"), False)
    assert (some.colours, some.knots) == (("red", "green"), Rate(3, 60))


def test_the_environment_is_read_on_use(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LOOM": "ጥበብ", "THREADS": "12", "IS_FINE": "true", "COLOURS": " blue ,, "}.items():
        monkeypatch.setenv(name, value)
    assert (some.loom, some.threads, some.is_fine, some.colours) == ("ጥበብ", 12, True, ("blue",))

    monkeypatch.setenv("THREADS", "13")

    assert some.threads == 13


def test_a_setting_without_default_that_is_not_set_says_what_it_is() -> None:
    with pytest.raises(SettingMissing, match="Set the environment variable LOOM: Name of the loom"):
        _ = some.loom


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THREADS", "many"),
        ("THREADS", "1.5"),
        ("THREADS", ""),
        ("SHRINKAGE", "some"),
        ("SHRINKAGE", "NaN"),
        ("SHRINKAGE", "Infinity"),
        ("IS_FINE", "yes"),
        ("IS_FINE", "True"),
        ("KNOTS", "3"),
        ("KNOTS", "0/60"),
    ],
)
def test_nonsense_is_refused_with_name_value_and_meaning(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValueError, match=f"{name}='{value}' cannot be read: .+ It is: "):
        getattr(some, name.lower())


def test_the_class_gives_the_declaration_and_the_instance_the_value() -> None:
    assert isinstance(Some.threads, Setting)
    assert (Some.threads.name, Some.threads.default, Some.threads.value) == ("THREADS", "400", some.threads)


def test_every_default_of_the_shop_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in declared():
        monkeypatch.delenv(setting.name, raising=False)
        if setting.default is not None:
            assert getattr(settings, setting.name.lower()) is not None


def test_names_and_meanings_are_there_once() -> None:
    found = declared()

    assert len({setting.name for setting in found}) == len(found)
    assert len({setting.meaning for setting in found}) == len(found)
    assert all(setting.meaning.endswith(".") for setting in found)
