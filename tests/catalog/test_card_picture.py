"""Does a card lead to the files of its picture?"""

from chalicelib.catalog import service as catalog
from tests.catalog.builders import a_product
from tests.pictures.builders import a_picture, hang
from tests.support.account import Account
from tests.support.calling import Client


def test_the_addresses_on_a_card_are_those_of_its_product(shop: Account, shopper: Client):
    product = a_product()
    hang(a_picture(), product_id=product.product_id)
    catalog.refresh_cards(product.product_id)

    (card,) = shopper.get("/products").json["items"]
    (whole,) = shopper.get(f"/products/{product.product_id}").json["pictures"]

    told = {each["url"] for each in card["picture"]["sources"]}
    assert told
    assert told <= {each["url"] for each in whole["sources"]}
