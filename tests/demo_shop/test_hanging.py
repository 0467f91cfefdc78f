"""Does each of the demo shop's goods get one picture, whatever happens on the way?"""

import io
from collections.abc import Iterator
from urllib.error import HTTPError

import pytest
from PIL import Image

from infra.local.demo_shop.hanging import hang_pictures
from infra.local.demo_shop.shop import Product, read_shop
from infra.local.demo_shop.wire import Api
from tests.demo_shop.shop_on_the_wire import TOKEN, ShopOnTheWire, opened

GOODS = read_shop().products[:3]
IDS = {each.variants[0].sku: f"prd_{number}" for number, each in enumerate(GOODS)}


@pytest.fixture
def server() -> ShopOnTheWire:
    return ShopOnTheWire()


@pytest.fixture
def api(server: ShopOnTheWire) -> Iterator[Api]:
    with opened(server) as url:
        yield Api(url, TOKEN)


def hung(api: Api, goods: tuple[Product, ...] = GOODS) -> int:
    return hang_pictures(api, goods, IDS, lambda line: None)


def test_what_has_no_picture_gets_one(api: Api, server: ShopOnTheWire) -> None:
    assert hung(api) == 3

    assert server.pictures["prd_0"] == [
        {"id": "pic_prd_0", "content_type": "image/jpeg", "alt": {"en": GOODS[0].title.en, "am": GOODS[0].title.am}}
    ]
    with Image.open(io.BytesIO(server.files["uploads/pic_prd_0"])) as picture:
        assert picture.format == "JPEG"
    assert len(server.files) == 3


def test_what_has_one_is_left_alone(api: Api, server: ShopOnTheWire) -> None:
    hung(api)

    assert hung(api) == 0
    assert all(len(pictures) == 1 for pictures in server.pictures.values())


def test_a_file_that_the_bucket_refuses_stops_the_work(api: Api, server: ShopOnTheWire) -> None:
    server.takes_files = False

    with pytest.raises(HTTPError, match="403"):
        hung(api)
