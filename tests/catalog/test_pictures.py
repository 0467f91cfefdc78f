"""Does a product show its pictures, and only those that shoppers may see?"""

from dataclasses import replace

from chalicelib.catalog import service as catalog
from chalicelib.catalog import store
from chalicelib.catalog.models import Product
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import find
from chalicelib.pictures.enums import PictureStatus
from chalicelib.pictures.models import Upload
from chalicelib.pictures.rules import PICTURES_LIMIT
from tests.catalog.builders import a_product, a_variant
from tests.pictures.builders import a_picture, gallery_of, hang
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording

CUP, BAG = a_picture("pic_CUP"), a_picture("pic_BAG", alt={"en": "A bag"}, widths=(320,), width=320, height=300)


def with_picture(product: Product, picture_id: str) -> None:
    """Give the product's variants this picture."""
    found = store.find_product(product.product_id)
    found.details = replace(
        found.details, variants=[replace(each, picture_id=picture_id) for each in found.details.variants]
    )
    with transactions.write() as work:
        work.save(found)


def test_a_new_product_has_an_empty_gallery_of_its_vendor(shop: Account):
    product = a_product()

    gallery = gallery_of(product.product_id)

    assert (gallery.vendor_id, gallery.pictures, gallery.is_closed) == (product.vendor_id, [], False)


def test_pictures_are_shown_in_their_order_in_the_readers_language(shop: Account, shopper: Client):
    product = a_product()
    hang(BAG, CUP, product_id=product.product_id)

    shown = shopper.get(f"/products/{product.product_id}", accept_language="am").json["pictures"]

    base = f"https://pictures.test/pictures/{product.product_id}/pic_BAG/cafe"
    assert shown[0] == {
        "id": "pic_BAG",
        "alt": "A bag",
        "width": 320,
        "height": 300,
        "sources": [
            {"url": f"{base}/320.webp", "width": 320, "type": "image/webp"},
            {"url": f"{base}/320.jpg", "width": 320, "type": "image/jpeg"},
        ],
    }
    assert (shown[1]["id"], shown[1]["alt"]) == ("pic_CUP", "አንድ ስኒ ቡና")


def test_what_is_awaited_refused_or_not_approved_is_not_shown(shop: Account, shopper: Client):
    product = a_product()
    hidden = [
        a_picture("pic_1", status=PictureStatus.AWAITED),
        a_picture("pic_2", status=PictureStatus.REFUSED),
        a_picture("pic_3", is_approved=False),
    ]
    hang(*hidden, product_id=product.product_id)

    assert shopper.get(f"/products/{product.product_id}").json["pictures"] == []


def test_a_variant_shows_its_own_picture(shop: Account, shopper: Client):
    product = a_product()
    hang(CUP, BAG, product_id=product.product_id)
    with_picture(product, "pic_BAG")

    shown = shopper.get(f"/products/{product.product_id}").json

    assert shown["variants"][0]["picture"] == shown["pictures"][1]


def test_a_variant_whose_picture_is_gone_shows_none(shop: Account, shopper: Client):
    product = a_product()
    hang(CUP, product_id=product.product_id)
    with_picture(product, "pic_GONE")

    assert shopper.get(f"/products/{product.product_id}").json["variants"][0]["picture"] is None


def test_pictures_cost_no_further_call_and_few_units(shop: Account, shopper: Client):
    product = a_product(variants=[a_variant() for _ in range(10)])
    hang(*(a_picture(f"pic_{number:026}") for number in range(8)), product_id=product.product_id)

    with recording(shop.dynamodb) as calls:
        answer = shopper.get(f"/products/{product.product_id}")

    assert len(answer.json["pictures"]) == 8
    assert calls.operations == ["Query"]
    assert calls.read_units <= 2


def test_a_full_gallery_is_shown(shop: Account, shopper: Client):
    product = a_product()
    hang(*(a_picture(f"pic_{number}") for number in range(PICTURES_LIMIT)), product_id=product.product_id)

    assert len(shopper.get(f"/products/{product.product_id}").json["pictures"]) == PICTURES_LIMIT


def test_the_pictures_of_a_deleted_product_are_taken_down_with_it(shop: Account):
    product = a_product()
    hang(CUP, product_id=product.product_id)

    catalog.delete_product(product.product_id, if_version=None)

    gallery = gallery_of(product.product_id)
    assert (gallery.is_closed, gallery.pictures) == (True, [])
    assert find(Upload, keys.picture_upload("pic_CUP")) is not None


def test_whoever_approves_a_product_approves_its_pictures(shop: Account, shopper: Client):
    product = a_product(status="in_review")
    hang(a_picture(is_approved=False), product_id=product.product_id)

    catalog.approve(product.product_id, by="usr_KEEPER", if_version=None)

    assert len(shopper.get(f"/products/{product.product_id}").json["pictures"]) == 1
