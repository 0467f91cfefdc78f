"""Do pictures come out upright, small, in the right colours, and without anything that was in the file?"""

import pytest
from PIL import Image

from chalicelib.pictures import rules
from chalicelib.pictures.enums import PictureType, RefusalReason
from chalicelib.pictures.errors import UploadRefused
from chalicelib.pictures.imaging import Rendition, renditions
from tests.pictures.files import BLUE, RED, a_photo, chunk, drawn, encoded, opened, phone_exif, srgb_profile

JPEG, PNG, WEBP = PictureType.JPEG, PictureType.PNG, PictureType.WEBP


def made_of(data: bytes, declared: PictureType = JPEG) -> list[Rendition]:
    return list(renditions(data, declared, widths_for=rules.widths_for))


def one_of(data: bytes, declared: PictureType = JPEG, made: PictureType = WEBP) -> Image.Image:
    """Return the largest rendition in a format."""
    return opened(next(each.content for each in made_of(data, declared) if each.type is made))


def is_close(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 25) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found[:3], wanted, strict=True))


def test_a_photo_is_made_in_four_widths_and_two_formats():
    made = made_of(a_photo(2400, 1800))

    sizes = [(1920, 1440), (1280, 960), (640, 480), (320, 240)]
    assert [(each.width, each.height) for each in made[::2]] == sizes
    for each in made:
        image = opened(each.content)
        assert (image.size, Image.MIME[image.format]) == ((each.width, each.height), each.type)


def test_a_small_picture_is_not_made_larger():
    assert {each.width for each in made_of(a_photo(500, 400))} == {320, 500}


def test_the_narrowest_and_the_tallest_picture_have_at_least_one_pixel():
    assert [(each.width, each.height) for each in made_of(encoded(drawn(4000, 1)))][-1] == (320, 1)
    assert [(each.width, each.height) for each in made_of(encoded(drawn(1, 4000)))][-1] == (1, 4000)


@pytest.mark.parametrize("made", [WEBP, JPEG])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_comes_out_upright(orientation: int, made: PictureType):
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    upright = drawn(2400, 1600)
    stored = upright if back is None else upright.transpose(back)

    image = one_of(encoded(stored, exif=phone_exif(orientation), quality=92), made=made)

    assert image.size == (1920, 1280)
    assert is_close(image.convert("RGB").getpixel((300, 630)), RED, by=60)
    assert is_close(image.convert("RGB").getpixel((1620, 630)), BLUE, by=60)


@pytest.mark.parametrize(("kind", "declared"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)])
def test_nothing_of_the_file_is_in_the_picture(kind: str, declared: PictureType):
    data = encoded(drawn(), kind, exif=phone_exif(), icc_profile=srgb_profile())

    for each in made_of(data, declared):
        image = opened(each.content)
        assert not dict(image.getexif())
        assert not {"exif", "icc_profile", "xmp", "comment"} & image.info.keys()
        assert b"Addis Phone" not in each.content


def test_colours_of_another_profile_become_those_of_srgb():
    swapped = srgb_profile().replace(b"rXYZ", b"tmp!").replace(b"bXYZ", b"rXYZ").replace(b"tmp!", b"bXYZ")

    image = one_of(encoded(drawn(), "PNG", icc_profile=swapped), PNG)

    assert is_close(image.getpixel((100, 310)), BLUE, by=60)


def test_a_profile_that_is_none_changes_nothing():
    image = one_of(encoded(drawn(), "PNG", icc_profile=b"not a profile"), PNG)

    assert is_close(image.getpixel((100, 310)), RED)


@pytest.mark.parametrize(
    ("mode", "kind", "declared"),
    [("CMYK", "JPEG", JPEG), ("L", "JPEG", JPEG), ("P", "PNG", PNG), ("1", "PNG", PNG), ("LA", "PNG", PNG)],
)
def test_every_kind_of_pixels_is_drawn(mode: str, kind: str, declared: PictureType):
    image = one_of(encoded(drawn(mode=mode), kind), declared)

    assert (image.size, image.mode[:3]) == ((800, 600), "RGB")


def test_sixteen_bits_of_grey_become_eight():
    grey = Image.new("I;16", (800, 600), 32_768)

    image = one_of(encoded(grey, "PNG"), PNG)

    assert is_close(image.getpixel((10, 10)), (128, 128, 128), by=3)


def test_what_is_see_through_stays_so_in_webp_and_is_white_in_jpeg():
    clear = Image.new("RGBA", (800, 600), (0, 0, 0, 0))

    assert one_of(encoded(clear, "PNG"), PNG).getpixel((5, 5))[3] == 0
    assert is_close(one_of(encoded(clear, "PNG"), PNG, JPEG).getpixel((5, 5)), (255, 255, 255), by=2)


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (a_photo()[:400] + bytes(range(256)) * 20, JPEG),
        (encoded(drawn(), "PNG").replace(b"IDAT", b"IDAX", 1), PNG),
        (encoded(drawn(), "WEBP")[:200] + bytes(2000), WEBP),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"IEND", b""), PNG),
        (b"nothing at all", JPEG),
    ],
)
def test_a_file_that_breaks_while_it_is_decoded_is_refused(data: bytes, declared: PictureType):
    with pytest.raises(UploadRefused) as refused:
        made_of(data, declared)

    assert refused.value.reason is RefusalReason.UNREADABLE
