"""Do files that belong to nothing go, and pictures whose files never came?"""

from datetime import timedelta

import pytest

from chalicelib.core import clock
from chalicelib.core.storage import files, keys, transactions
from chalicelib.core.storage.table import find
from chalicelib.pictures import service as pictures
from chalicelib.pictures import store
from chalicelib.pictures.models import Upload
from chalicelib.pictures.service import sweeping
from functions.schedules.sweep_pictures import handler as sweep_pictures
from tests.pictures.bucket import Bucket, added, send, uploaded
from tests.pictures.builders import PRODUCT, a_gallery, a_picture, gallery_of
from tests.pictures.files import a_photo
from tests.support.calling import Client
from tests.support.recorded_calls import recording


def removed(client: Client, picture_id: str) -> None:
    tag = f'"{gallery_of().version}.a"'
    assert client.delete(f"/products/{PRODUCT}/pictures/{picture_id}", if_match=tag).status == 204


def sweep() -> dict:
    return sweep_pictures({}, None)


def an_upload_that_is_over(client: Client, monkeypatch: pytest.MonkeyPatch, *, content: bytes = b"") -> str:
    """Ask for a form, perhaps send it, and let the time go by in which anybody waits for it; return the picture's id.

    The form itself is good for as long as ever.
    """
    with monkeypatch.context() as patch:
        patch.setenv("UPLOAD_GRACE_SECONDS", "-900")
        made = added(client)
    if content:
        send(made["upload"], content)
    return str(made["picture"]["id"])


def test_a_picture_that_never_came_is_given_up(staff: Client, bucket: Bucket, monkeypatch):
    picture_id = an_upload_that_is_over(staff, monkeypatch)

    assert sweep() == {"done": 1, "failed": 0}

    assert gallery_of().pictures == []
    assert find(Upload, keys.picture_upload(picture_id)) is None
    assert sweep() == {"done": 0, "failed": 0}


def test_a_file_that_nobody_told_us_of_goes_with_its_picture(staff: Client, bucket: Bucket, monkeypatch):
    an_upload_that_is_over(staff, monkeypatch, content=a_photo())

    sweep()

    assert (gallery_of().pictures, bucket.keys) == ([], [])


def test_a_picture_that_is_still_awaited_stays(staff: Client, bucket: Bucket):
    added(staff)

    assert sweep() == {"done": 0, "failed": 0}
    assert len(gallery_of().pictures) == 1


def test_the_files_of_a_deleted_picture_go_and_those_of_others_stay(staff: Client, bucket: Bucket):
    deleted, kept = uploaded(staff, bucket, a_photo()), uploaded(staff, bucket, a_photo(500, 400))
    removed(staff, deleted)

    assert sweep() == {"done": 1, "failed": 0}

    assert [picture.id for picture in gallery_of().pictures] == [kept]
    assert len(bucket.keys) == 4
    assert all(kept in key for key in bucket.keys)


def test_the_files_of_a_product_that_is_deleted_go(staff: Client, bucket: Bucket):
    uploaded(staff, bucket, a_photo())
    uploaded(staff, bucket, a_photo(500, 400))

    with transactions.write():
        pictures.close_gallery(PRODUCT)
    sweep()

    assert (gallery_of().is_closed, gallery_of().pictures, bucket.keys) == (True, [], [])
    assert staff.get(f"/products/{PRODUCT}/pictures").code == "gallery_not_found"


def test_a_form_that_is_sent_after_its_picture_was_deleted_leaves_nothing(staff: Client, bucket: Bucket, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("UPLOAD_GRACE_SECONDS", "-900")
        made = added(staff)
    removed(staff, made["picture"]["id"])
    send(made["upload"], a_photo())

    assert sweep() == {"done": 1, "failed": 0}

    assert bucket.keys == []


class Crash(Exception):
    """The function's process ends here."""


@pytest.mark.parametrize("step", ["drop", "drop_below"])
def test_a_sweep_that_is_cut_short_is_done_again(staff: Client, bucket: Bucket, monkeypatch, step: str):
    removed(staff, uploaded(staff, bucket, a_photo()))

    def crash(*_, **__):
        raise Crash

    with monkeypatch.context() as patch:
        patch.setenv("UPLOAD_GRACE_SECONDS", "0")
        patch.setattr(files, step, crash)
        assert sweep() == {"done": 0, "failed": 1}
    assert sweep() == {"done": 1, "failed": 0}

    assert bucket.keys == []


def test_what_fails_is_put_off_and_stops_nobody_else(staff: Client, bucket: Bucket, monkeypatch):
    bad, good = uploaded(staff, bucket, a_photo()), uploaded(staff, bucket, a_photo(500, 400))
    for picture_id in (bad, good):
        removed(staff, picture_id)
    drop_below = files.drop_below

    def drop_some(prefix: str) -> None:
        if bad in prefix:
            raise files.FilesNotDropped("SlowDown")
        drop_below(prefix)

    monkeypatch.setattr(files, "drop_below", drop_some)

    assert sweep() == {"done": 1, "failed": 1}
    assert sweep() == {"done": 0, "failed": 0}
    later = clock.now() + timedelta(hours=2)
    assert [upload.picture_id for upload in store.uploads_due(later, limit=10)] == [bad]


def test_a_picture_that_became_ready_just_before_is_not_swept(staff: Client, bucket: Bucket, monkeypatch):
    picture_id = an_upload_that_is_over(staff, monkeypatch, content=a_photo())
    (due,) = store.uploads_due(clock.now(), limit=10)
    bucket.hears_of(f"uploads/{PRODUCT}/{picture_id}")

    pictures.sweep()
    sweeping.look_after(due)

    assert len(gallery_of().pictures) == 1
    assert len(bucket.keys) == 6


def test_what_is_due_is_one_query_and_a_gallery_with_its_upload_one_call(staff: Client, bucket: Bucket, aws):
    picture_id = added(staff)["picture"]["id"]

    with recording(aws.dynamodb) as calls:
        due = list(store.uploads_due(clock.now(), limit=10))
        gallery, upload = store.gallery_with_upload(PRODUCT, picture_id)
        found = store.find_gallery(PRODUCT)

    assert calls.operations == ["Query", "BatchGetItem", "GetItem"]
    assert (due, upload.picture_id, upload.content_type) == ([], picture_id, "image/jpeg")
    assert gallery.pictures == found.pictures


def test_closing_a_full_gallery_fits_a_transaction(bucket: Bucket, aws):
    a_gallery(*(a_picture(f"pic_{number}") for number in range(20)), product_id="prd_FULL")

    with recording(aws.dynamodb) as calls, transactions.write():
        pictures.close_gallery("prd_FULL")

    (sent,) = [call for call in calls.sent if call.operation == "TransactWriteItems"]
    assert len(sent.params["TransactItems"]) == 21
