"""Does an uploaded photo become a picture that anybody can fetch, and does what is hostile or deleted go?"""

from collections.abc import Mapping
from typing import Any

import requests

from tests.pictures.files import RED, a_photo, opened
from tests.support.market import Market
from tests.support.waiting import eventually
from tests.support.wire import Api

# Drawing takes seconds on a busy machine; schedules look each minute.
SOON_SECONDS, NEXT_MINUTE_SECONDS = 60, 150


def uploaded(api: Api, product_id: str, content: bytes) -> str:
    """Upload a file as a browser does; return the picture's id."""
    made = api.must("POST", f"/products/{product_id}/pictures", {"content_type": "image/jpeg", "alt": {"en": "A cup"}})
    form: Mapping[str, Any] = made["upload"]
    sent = requests.post(form["url"], data=form["fields"], files={"file": content}, timeout=20)
    assert sent.status_code == 204, sent.text
    return str(made["picture"]["id"])


def settled(api: Api, product_id: str, picture_id: str) -> Any:
    """Wait until a picture is ready or refused."""

    def found() -> Any:
        pictures = api.must("GET", f"/products/{product_id}/pictures")["items"]
        return next((each for each in pictures if each["id"] == picture_id and each["status"] != "awaited"), None)

    return eventually(found, SOON_SECONDS, f"{picture_id} is ready or refused")


def files_of(market: Market, picture_id: str) -> list[str]:
    found = market.shop.cloud.client("s3").list_objects_v2(Bucket=market.shop.outputs["ImageBucket"])
    return [each["Key"] for each in found.get("Contents", []) if picture_id in each["Key"]]


def is_gone(url: str) -> bool:
    return requests.get(url, timeout=20).status_code in (403, 404)


def test_a_photo_becomes_a_picture_that_anybody_fetches_upright_until_it_is_deleted(market: Market) -> None:
    goods, staff = market.sells(units=1), market.staff
    picture_id = uploaded(staff, goods.product_id, a_photo(2400, 1600, orientation=6))
    assert settled(staff, goods.product_id, picture_id)["status"] == "ready"

    (shown,) = market.api.must("GET", f"/products/{goods.product_id}")["pictures"]
    urls = [each["url"] for each in shown["sources"] if each["type"] == "image/webp"]
    answer = requests.get(urls[-1], timeout=20)

    assert (shown["alt"], shown["width"], shown["height"]) == ("A cup", 1600, 2400)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer.headers["Cache-Control"]
    image = opened(answer.content)
    assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (1600, 2400), {})
    # Turned by a quarter, what was on the left is at the top.
    assert all(abs(one - other) < 60 for one, other in zip(image.getpixel((810, 300)), RED, strict=True))

    gallery = staff.get(f"/products/{goods.product_id}/pictures")
    headers = {"if_match": gallery.headers["etag"]}
    assert staff.call("DELETE", f"/products/{goods.product_id}/pictures/{picture_id}", **headers).status == 204
    assert market.api.must("GET", f"/products/{goods.product_id}")["pictures"] == []
    eventually(lambda: is_gone(urls[-1]), NEXT_MINUTE_SECONDS, "the files of a deleted picture are deleted")


def test_what_is_hostile_is_refused_and_removed(market: Market) -> None:
    goods = market.sells(units=1)
    picture_id = uploaded(market.staff, goods.product_id, a_photo() + b"<script>alert(1)</script>")

    refused = settled(market.staff, goods.product_id, picture_id)

    assert (refused["status"], refused["reason"], refused["sources"]) == ("refused", "something_else_inside", [])
    eventually(lambda: not files_of(market, picture_id), SOON_SECONDS, "the file of a refused picture is deleted")
    assert market.api.must("GET", f"/products/{goods.product_id}")["pictures"] == []
