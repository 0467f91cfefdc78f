"""What becomes of an uploaded file, whatever it is, whenever it comes and wherever the work is cut short?"""

import pytest

from chalicelib.core.storage import files, keys, transactions
from chalicelib.core.storage.table import find
from chalicelib.pictures import service as pictures
from chalicelib.pictures.enums import PictureStatus
from chalicelib.pictures.models import Upload
from chalicelib.pictures.service import processing
from tests.pictures.bucket import Bucket, added, send, uploaded
from tests.pictures.builders import PRODUCT, gallery_of
from tests.pictures.files import a_photo, opened
from tests.pictures.test_formats import GOOD, HOSTILE
from tests.support.calling import Client
from tests.support.recorded_calls import recording


def picture():
    """Return the only picture of the gallery."""
    (only,) = gallery_of().pictures
    return only


def upload_row(picture_id: str) -> Upload | None:
    return find(Upload, keys.picture_upload(picture_id))


def removed(client: Client, picture_id: str) -> None:
    tag = f'"{gallery_of().version}.a"'
    assert client.delete(f"/products/{PRODUCT}/pictures/{picture_id}", if_match=tag).status == 204


def test_a_photo_becomes_a_picture_in_every_size(staff: Client, bucket: Bucket):
    picture_id = uploaded(staff, bucket, a_photo(2400, 1800, orientation=6))

    assert (picture().id, picture().status) == (picture_id, PictureStatus.READY)
    assert (picture().width, picture().height, picture().widths) == (1800, 2400, (320, 640, 1280, 1800))
    assert len(bucket.keys) == 8
    for key in bucket.keys:
        file = bucket.file(key)
        assert key.startswith(f"pictures/{PRODUCT}/{picture_id}/{picture().digest}/")
        assert file["ContentType"] == {"webp": "image/webp", "jpg": "image/jpeg"}[key.rpartition(".")[2]]
        assert file["CacheControl"] == "public, max-age=31536000, immutable"
        image = opened(file["Body"].read())
        assert image.width < image.height
        assert not dict(image.getexif())


def test_every_address_that_is_shown_leads_to_a_file(staff: Client, bucket: Bucket):
    uploaded(staff, bucket, a_photo(700, 500))

    (shown,) = staff.get(f"/products/{PRODUCT}/pictures").json["items"]

    assert {each["url"].removeprefix("https://pictures.test/") for each in shown["sources"]} == set(bucket.keys)


def test_nobody_awaits_what_has_become_something(staff: Client, bucket: Bucket):
    picture_id = uploaded(staff, bucket, a_photo())

    assert upload_row(picture_id) is None


@pytest.mark.parametrize("name", [name for name in GOOD if "JPEG" in GOOD[name][1].name])
def test_usual_photos_become_ready(staff: Client, bucket: Bucket, name: str):
    data, declared = GOOD[name]

    uploaded(staff, bucket, data, declared)

    assert picture().status is PictureStatus.READY


@pytest.mark.parametrize("name", [name for name in HOSTILE if HOSTILE[name][0]])
def test_what_is_hostile_is_refused_with_a_reason_and_removed(staff: Client, bucket: Bucket, name: str):
    data, declared, reason = HOSTILE[name]

    picture_id = uploaded(staff, bucket, data, declared)

    assert (picture().status, picture().reason) == (PictureStatus.REFUSED, reason)
    assert bucket.keys == []
    assert upload_row(picture_id) is None


def test_nothing_at_all_is_refused_too(staff: Client, bucket: Bucket):
    key = added(staff)["upload"]["fields"]["key"]
    bucket.put(key, b"")

    bucket.hears_of(key)

    assert (picture().reason, bucket.keys) == ("empty", [])


def test_what_is_too_large_is_read_no_further_than_the_limit(staff: Client, bucket: Bucket, monkeypatch):
    key = added(staff)["upload"]["fields"]["key"]
    bucket.put(key, a_photo())
    monkeypatch.setenv("UPLOAD_LIMIT_BYTES", "1000")

    bucket.hears_of(key)

    assert (picture().reason, bucket.keys) == ("too_large", [])
    assert len(files.read(key, limit_bytes=1) or b"") == 0


def test_a_notice_that_comes_twice_changes_nothing(staff: Client, bucket: Bucket):
    made = added(staff)
    send(made["upload"], a_photo())
    key = made["upload"]["fields"]["key"]
    bucket.hears_of(key)
    before, files_before = gallery_of(), bucket.keys

    assert bucket.hears_of(key, key) == []

    assert gallery_of().version == before.version
    assert bucket.keys == files_before


def test_a_file_that_is_sent_again_later_changes_nothing_and_goes(staff: Client, bucket: Bucket):
    made = added(staff)
    send(made["upload"], a_photo())
    key = made["upload"]["fields"]["key"]
    bucket.hears_of(key)
    files_before = bucket.keys

    send(made["upload"], a_photo(900, 900))
    bucket.hears_of(key)

    assert bucket.keys == files_before


def test_a_picture_that_was_deleted_meanwhile_leaves_no_file(staff: Client, bucket: Bucket):
    made = added(staff)
    send(made["upload"], a_photo())
    removed(staff, made["picture"]["id"])

    bucket.hears_of(made["upload"]["fields"]["key"])

    assert (gallery_of().pictures, bucket.keys) == ([], [])


def test_a_picture_that_is_deleted_while_it_is_drawn_leaves_no_file(staff: Client, bucket: Bucket, monkeypatch):
    made = added(staff)
    send(made["upload"], a_photo())
    settle = processing.settle

    def faster(product_id, outcome):
        removed(staff, outcome.id)
        settle(product_id, outcome)

    monkeypatch.setattr(processing, "settle", faster)
    bucket.hears_of(made["upload"]["fields"]["key"])

    assert (gallery_of().pictures, bucket.keys) == ([], [])


def test_of_two_files_for_one_picture_the_first_that_is_settled_counts(staff: Client, bucket: Bucket, monkeypatch):
    made = added(staff)
    key = made["upload"]["fields"]["key"]
    send(made["upload"], a_photo(900, 900))
    settle = processing.settle

    def slower(product_id, outcome):
        monkeypatch.setattr(processing, "settle", settle)
        send(made["upload"], a_photo(500, 400))
        bucket.hears_of(key)
        settle(product_id, outcome)

    monkeypatch.setattr(processing, "settle", slower)
    bucket.hears_of(key)

    assert picture().widths == (320, 500)
    assert all(picture().digest in each for each in bucket.keys)
    assert len(bucket.keys) == 4


class Crash(Exception):
    """The function's process ends here."""


@pytest.mark.parametrize("step", ["read", "put", "drop", "commit"])
def test_work_that_is_cut_short_is_done_when_the_notice_comes_again(
    staff: Client, bucket: Bucket, monkeypatch, step: str
):
    made = added(staff)
    send(made["upload"], a_photo())
    key = made["upload"]["fields"]["key"]

    def crash(*_, **__):
        raise Crash

    with monkeypatch.context() as patch:
        if step == "commit":
            patch.setattr(transactions, "settled", crash)
        else:
            patch.setattr(files, step, crash)
        assert bucket.hears_of(key) == [key]
    assert bucket.hears_of(key) == []

    assert picture().status is PictureStatus.READY
    assert len(bucket.keys) == 6
    assert all(each.startswith("pictures/") for each in bucket.keys)


def test_a_change_that_is_made_while_a_picture_is_drawn_is_kept(staff: Client, bucket: Bucket, monkeypatch):
    made = added(staff)
    send(made["upload"], a_photo())
    settle = processing.settle

    def described_first(product_id, outcome):
        tag = f'"{gallery_of().version}.a"'
        staff.patch(f"/products/{PRODUCT}/pictures", {"alt": {outcome.id: {"en": "Later"}}}, if_match=tag)
        settle(product_id, outcome)

    monkeypatch.setattr(processing, "settle", described_first)
    bucket.hears_of(made["upload"]["fields"]["key"])

    assert (picture().alt, picture().status) == ({"en": "Later"}, PictureStatus.READY)


def test_a_notice_of_a_file_that_is_gone_changes_nothing(staff: Client, bucket: Bucket):
    key = added(staff)["upload"]["fields"]["key"]

    assert bucket.hears_of(key) == []

    assert picture().status is PictureStatus.AWAITED


@pytest.mark.parametrize("key", ["uploads/stray", "uploads/prd_NONE/pic_NONE", "pictures/prd_1/pic_1/cafe/320.webp"])
def test_notices_of_other_files_are_taken_and_change_nothing(bucket: Bucket, key: str):
    assert bucket.hears_of(key) == []

    assert gallery_of().pictures == []


def test_a_picture_is_one_read_and_one_transaction_of_three(staff: Client, bucket: Bucket, aws):
    made = added(staff)
    send(made["upload"], a_photo())

    with recording(aws.dynamodb) as calls:
        bucket.hears_of(made["upload"]["fields"]["key"])

    assert calls.operations == ["BatchGetItem", "GetItem", "TransactWriteItems"]


def test_a_vendors_picture_is_shown_once_it_is_approved(vendor: Client, bucket: Bucket):
    uploaded(vendor, bucket, a_photo())
    assert pictures.shown_in([gallery_of()]) == []
    assert pictures.awaits_approval([gallery_of()])

    pictures.approve_all(PRODUCT)

    assert len(pictures.shown_in([gallery_of()])) == 1
    assert not pictures.awaits_approval([gallery_of()])
