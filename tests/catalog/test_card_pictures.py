"""Do the cards of a product show its main picture, and sellers that one waits for approval?"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.catalog import service as catalog
from chalicelib.catalog import store
from chalicelib.core.events import event as events
from chalicelib.core.storage import transactions
from chalicelib.pictures import service as pictures
from chalicelib.pictures.enums import PictureStatus
from chalicelib.pictures.events import GalleryChanged
from chalicelib.pictures.models import Gallery
from chalicelib.pictures.rules import Picture
from tests.catalog.builders import a_product
from tests.catalog.delivering import Envelope, announced, deliver
from tests.pictures.builders import a_picture, gallery_of
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording

CUP, BAG = a_picture("pic_CUP"), a_picture("pic_BAG", widths=(1000,))
WAITING = a_picture("pic_NEW", is_approved=False)
AWAITED = a_picture("pic_SOON", status=PictureStatus.AWAITED, is_approved=False, widths=())

PICTURES = {picture.id: picture for picture in (CUP, BAG, WAITING, AWAITED)}


def hang(product_id: str, *shown: Picture) -> Envelope:
    """Hang these pictures in a product's gallery; return what is announced then."""
    gallery: Gallery = gallery_of(product_id)
    gallery.pictures = list(shown)
    with transactions.write() as work:
        work.save(gallery, event=GalleryChanged(product_id))
    assert gallery.event is not None
    return events.envelope(gallery.event)


def a_listed_product() -> str:
    product = a_product()
    deliver(announced(product))
    return product.product_id


def shown(product_id: str) -> str | None:
    cards = {entry.card.product_id: entry.card for entry in store.cards_of_list("all", after=None, limit=100).items}
    picture = cards[product_id].picture
    return picture.id if picture else None


def test_a_card_shows_the_main_picture_in_its_smaller_sizes(shop: Account, shopper: Client):
    product_id = a_listed_product()

    deliver(hang(product_id, AWAITED, WAITING, CUP, BAG))

    (card,) = shopper.get("/products", accept_language="am").json["items"]
    assert (card["picture"]["id"], card["picture"]["alt"]) == ("pic_CUP", "አንድ ስኒ ቡና")
    assert {source["width"] for source in card["picture"]["sources"]} == {320, 640}
    of_product = shopper.get(f"/products/{product_id}").json["pictures"][0]["sources"]
    assert all(source in of_product for source in card["picture"]["sources"])


def test_a_picture_of_one_size_is_shown_in_that(shop: Account, shopper: Client):
    product_id = a_listed_product()

    deliver(hang(product_id, BAG))

    (card,) = shopper.get("/products").json["items"]
    assert {source["width"] for source in card["picture"]["sources"]} == {1000}


def test_a_picture_that_is_taken_down_leaves_the_cards(shop: Account, shopper: Client):
    product_id = a_listed_product()
    deliver(hang(product_id, CUP))

    deliver(hang(product_id))

    assert shopper.get("/products").json["items"][0]["picture"] is None


def test_sellers_are_told_that_a_picture_waits(shop: Account, staff: Client):
    product_id = a_listed_product()

    deliver(hang(product_id, CUP, WAITING))
    waiting = staff.get("/staff/products?review=true").json["items"]
    deliver(hang(product_id, CUP))

    assert [(card["id"], card["awaits_approval"]) for card in waiting] == [(product_id, True)]
    assert staff.get("/staff/products?review=true").json["items"] == []


def test_a_picture_behind_the_main_one_changes_no_card(shop: Account):
    product_id = a_listed_product()
    deliver(hang(product_id, CUP))
    second = hang(product_id, CUP, BAG)

    with recording(shop.dynamodb) as calls:
        deliver(second)

    assert calls.operations == ["BatchGetItem", "PutItem"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(sorted(PICTURES)), max_size=2, unique=True), max_size=4), st.data())
def test_cards_show_the_main_picture_whatever_order_and_repetition_of_events(shop, galleries, data):
    product_id = a_listed_product()
    envelopes = []
    for gallery in galleries:
        envelopes.append(hang(product_id, *map(PICTURES.get, gallery)))
        if data.draw(st.booleans(), label="an event arrives between the changes"):
            deliver(data.draw(st.sampled_from(envelopes)))

    for envelope in data.draw(st.permutations(envelopes * 2)):
        deliver(envelope)

    main = next((picture.id for picture in pictures.shown_in([gallery_of(product_id)])), None)
    assert shown(product_id) == main
    catalog.delete_product(product_id, if_version=None)
    catalog.refresh_cards(product_id)
