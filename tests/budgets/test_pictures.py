"""Does a large photo become a picture in little memory?"""

from infra.bench import pictures
from infra.bench.budgets import PICTURE_PEAK_MEGABYTES
from infra.template import FUNCTION, read_template, resources_of_type


def test_a_photo_of_24_megapixels_takes_little_memory() -> None:
    drawing = pictures.of_a_photo()

    assert drawing.files == 8
    assert drawing.upload_bytes > 4_000_000
    assert drawing.idle_megabytes < drawing.peak_megabytes <= PICTURE_PEAK_MEGABYTES


def test_the_function_has_much_more_than_that() -> None:
    function = resources_of_type(read_template(), FUNCTION)["ProcessPictures"]

    assert function["MemorySize"] >= 4 * PICTURE_PEAK_MEGABYTES
