"""Does every product of the demo shop have a picture of its own?"""

import io

import pytest
from PIL import Image

from infra.local.demo_shop import drawing
from infra.local.demo_shop.shop import read_shop


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    goods = read_shop().products[::15]
    return {each.variants[0].sku: drawing.drawn(each.variants[0].sku, each.category_ids[0]) for each in goods}


def test_a_picture_is_a_square_jpeg(pictures):
    for content in pictures.values():
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, picture.size) == ("JPEG", (drawing.SIDE, drawing.SIDE))


def test_no_two_products_look_the_same(pictures):
    assert len(set(pictures.values())) == len(pictures) > 3


def test_the_same_product_is_drawn_the_same_again(pictures):
    sku = next(iter(pictures))
    category_id = next(each.category_ids[0] for each in read_shop().products if each.variants[0].sku == sku)

    assert drawing.drawn(sku, category_id) == pictures[sku]


def test_every_shelf_has_a_motif_of_its_own_kind():
    sold = {category_id for each in read_shop().products for category_id in each.category_ids[:1]}

    assert sold <= set(drawing.MOTIFS)
