"""Which spellings are one telephone number, and which are none?"""

import pytest

from chalicelib.core.phones import e164


@pytest.mark.parametrize(
    "written",
    ["0911223344", "911223344", "+251911223344", "251911223344", "0911 22 33 44", "+251 (911) 22-33-44", "0911.223344"],
)
def test_an_ethiopian_number_is_one_however_it_is_written(written):
    assert e164(written) == "+251911223344"


@pytest.mark.parametrize(
    ("written", "number"), [("0711223344", "+251711223344"), ("+44 20 7946 0000", "+442079460000")]
)
def test_other_networks_and_countries_have_numbers_too(written, number):
    assert e164(written) == number


@pytest.mark.parametrize(
    "written",
    ["", "+", "0811223344", "091122334", "09112233445", "+2511234567", "+0911223344", "020 7946 0000", "+1", "abc"],
)
def test_what_nobody_can_be_reached_under_is_no_number(written):
    assert e164(written) is None
