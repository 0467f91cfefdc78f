"""Does every text fit one segment, whatever its language and however long its code?"""

import pytest

from chalicelib.core.i18n.locales import WRITTEN
from chalicelib.notifications import letters
from infra.local.twilio.segments import segments_of

LONGEST_CODE = "1234567890"
# One segment of UCS-2, which any Ethiopic letter asks for.
SEGMENT = 70
NAMES = sorted({path.stem for path in (letters._TEMPLATES / "en").glob("*.sms")})
WITH_CODE = {"sign_up", "new_contact", "password_reset"}


def text(name: str, language: str) -> str:
    return letters.short(name, language, code=LONGEST_CODE)


def test_every_language_has_the_same_texts() -> None:
    for language in WRITTEN:
        assert sorted(path.stem for path in (letters._TEMPLATES / language).glob("*.sms")) == NAMES


@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize("name", NAMES)
def test_a_text_is_one_line_in_one_segment(name: str, language: str) -> None:
    words = text(name, language)

    assert len(words) <= SEGMENT
    assert segments_of(words) == 1
    assert words == " ".join(words.split())


@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize("name", NAMES)
def test_a_text_names_the_shop_and_the_code_if_there_is_one(name: str, language: str) -> None:
    words = text(name, language)

    assert "Nexus" in words
    assert (LONGEST_CODE in words) == (name in WITH_CODE)


def test_a_longer_text_would_be_noticed() -> None:
    words = text("sign_up", "am") + "።" * 40

    assert len(words) > SEGMENT
    assert segments_of(words) == 2
