"""Is a gallery approved as it was seen, and what does it announce?"""

import pytest

from chalicelib.core.errors import PreconditionFailed
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import find
from chalicelib.pictures import service as pictures
from chalicelib.pictures.enums import PictureStatus
from chalicelib.pictures.errors import GalleryNotFound
from chalicelib.pictures.models import Gallery, Upload
from tests.pictures.builders import PRODUCT, a_gallery, a_picture, gallery_of, hang


@pytest.fixture
def gallery(aws) -> Gallery:
    """Return a gallery with one picture of each kind."""
    return a_gallery(
        a_picture("pic_1", proposed_alt={"en": "Two cups"}),
        a_picture("pic_2", is_approved=False),
        a_picture("pic_3", is_approved=False, status=PictureStatus.AWAITED),
        a_picture("pic_4", is_approved=False, status=PictureStatus.REFUSED),
    )


def test_whoever_approves_shows_what_is_ready_with_the_words_wished_for_it(gallery: Gallery):
    with transactions.write():
        pictures.approve_all(PRODUCT, if_version=gallery.version)

    first, second, third, fourth = gallery_of().pictures
    assert (first.alt, first.proposed_alt) == ({"en": "Two cups"}, None)
    assert second.is_shown
    assert not third.is_approved
    assert not fourth.is_approved


def test_what_changed_since_it_was_seen_is_not_approved(gallery: Gallery):
    seen = gallery.version
    hang(a_picture("pic_9", is_approved=False))

    with pytest.raises(PreconditionFailed):
        pictures.approve_all(PRODUCT, if_version=seen)

    assert not gallery_of().pictures[0].is_approved


def test_approving_what_needs_no_approval_writes_nothing(aws):
    before = a_gallery(a_picture())

    pictures.approve_all(PRODUCT)

    assert gallery_of().version == before.version


def a_row_that_is_there(gallery: Gallery) -> Upload:
    row = Upload.at(keys.picture_upload("pic_1"), picture_id="pic_1", product_id=gallery.product_id)
    with transactions.write_apart() as work:
        work.create(row)
    return row


def test_a_transaction_that_fails_approves_nothing(gallery: Gallery):
    def approve_and_fail() -> None:
        with transactions.write() as work:
            pictures.approve_all(PRODUCT)
            work.create(a_row_that_is_there(gallery), refusal=GalleryNotFound())

    with pytest.raises(GalleryNotFound):
        approve_and_fail()

    assert not gallery_of().pictures[1].is_approved


def test_each_change_is_announced(gallery: Gallery):
    pictures.approve_all(PRODUCT)

    event = find(Gallery, pictures.gallery_key(PRODUCT)).event
    assert (event["type"], event["subject"], event["sequence"]) == ("gallery.changed", PRODUCT, gallery.version + 1)


def test_a_closed_gallery_is_nowhere_to_be_found(gallery: Gallery):
    pictures.close_gallery(PRODUCT)

    with pytest.raises(GalleryNotFound):
        pictures.gallery_of(PRODUCT, limited_to=None)
    assert pictures.shown_in([gallery_of()]) == []
