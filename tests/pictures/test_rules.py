"""Which pictures are shown, in which sizes, and where do their files lie?"""

import pytest

from chalicelib.pictures import rules
from chalicelib.pictures.enums import PictureStatus
from tests.pictures.builders import a_picture


@pytest.mark.parametrize(
    ("width", "made"),
    [
        (6000, (320, 640, 1280, 1920)),
        (1920, (320, 640, 1280, 1920)),
        (1919, (320, 640, 1280, 1919)),
        (641, (320, 640, 641)),
        (640, (320, 640)),
        (320, (320,)),
        (1, (1,)),
    ],
)
def test_a_picture_is_made_in_four_widths_and_never_larger_than_it_is(width: int, made: tuple[int, ...]):
    assert rules.widths_for(width) == made


@pytest.mark.parametrize(
    ("members", "is_shown", "awaits"),
    [
        ({}, True, False),
        ({"is_approved": False}, False, True),
        ({"status": PictureStatus.AWAITED}, False, False),
        ({"status": PictureStatus.AWAITED, "is_approved": False}, False, False),
        ({"status": PictureStatus.REFUSED}, False, False),
        ({"proposed_alt": {"en": "Two cups"}}, True, True),
    ],
)
def test_shoppers_see_what_is_ready_and_approved(members: dict, is_shown: bool, awaits: bool):
    picture = a_picture(**members)

    assert (picture.is_shown, picture.awaits_approval) == (is_shown, awaits)


def test_each_size_has_an_address_in_each_format():
    picture = a_picture(widths=(320, 500))

    found = [each.url for each in rules.sources("prd_1", picture, "https://cdn.test")]

    assert found == [
        "https://cdn.test/pictures/prd_1/pic_CUP/cafe/320.webp",
        "https://cdn.test/pictures/prd_1/pic_CUP/cafe/500.webp",
        "https://cdn.test/pictures/prd_1/pic_CUP/cafe/320.jpg",
        "https://cdn.test/pictures/prd_1/pic_CUP/cafe/500.jpg",
    ]


def test_an_upload_is_named_by_its_key():
    assert rules.named_by(rules.upload_key("prd_1", "pic_2")) == ("prd_1", "pic_2")


@pytest.mark.parametrize(
    "key",
    ["uploads/prd_1", "pictures/prd_1/pic_2", "uploads/prd_1/pic_2/x", "uploads/../pic_2", "uploads/prd_1/pic_2\n"],
)
def test_other_keys_name_no_picture(key: str):
    assert rules.named_by(key) is None
