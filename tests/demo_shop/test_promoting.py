"""Does the demo shop get each of its promotions once, with its codes, wherever a run stops?"""

import pytest

from chalicelib.promotions.schemas import CouponDraft, PromotionDraft
from infra.local.demo_shop import requests_for
from infra.local.demo_shop.promoting import define_promotions
from infra.local.demo_shop.shop import Promotion, read_shop
from infra.local.demo_shop.wire import Api, LoadError
from tests.demo_shop.shop_on_the_wire import TOKEN, ShopOnTheWire, opened

PROMOTIONS = read_shop().promotions


def assert_all_are_there(server: ShopOnTheWire) -> None:
    assert [each["name"]["en"] for each in server.promotions.values()] == [each.name.en for each in PROMOTIONS]
    by_code = {code: server.promotions[promotion_id]["name"]["en"] for code, promotion_id in server.codes.items()}
    assert by_code == {code: each.name.en for each in PROMOTIONS for code in each.codes}


def test_every_promotion_comes_once_however_often_it_is_asked_for() -> None:
    server = ShopOnTheWire()
    with opened(server) as url:
        for _ in range(2):
            define_promotions(Api(url, TOKEN), PROMOTIONS)

    assert_all_are_there(server)


@pytest.mark.parametrize("stops_at", ["/promotions", "/coupons"])
def test_a_run_that_stopped_is_gone_on_with(stops_at: str) -> None:
    server = ShopOnTheWire()
    with opened(server) as url:
        server.before_post = lambda path, key: (400, {"code": "boom"}) if path.endswith(stops_at) else None
        with pytest.raises(LoadError):
            define_promotions(Api(url, TOKEN), PROMOTIONS)
        server.before_post = lambda path, key: None
        define_promotions(Api(url, TOKEN), PROMOTIONS)

    assert_all_are_there(server)


@pytest.mark.parametrize("promotion", PROMOTIONS, ids=lambda each: each.name.en)
def test_the_api_takes_what_the_demo_shop_defines(promotion: Promotion) -> None:
    content = requests_for.promotion(promotion).content
    assert content is not None

    draft = PromotionDraft.model_validate_json(content)

    assert draft.is_automatic is not bool(promotion.codes)
    for code in promotion.codes:
        assert CouponDraft(code=code).code == code
