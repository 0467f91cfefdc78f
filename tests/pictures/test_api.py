"""Can sellers add, see, arrange and remove pictures of their own products, and of no others?"""

from datetime import datetime, timedelta

import pytest

from chalicelib.core import clock
from chalicelib.pictures.enums import PictureStatus, RefusalReason
from chalicelib.pictures.rules import PICTURES_LIMIT
from functions.api.pictures import app
from tests.pictures.bucket import Bucket, added, send
from tests.pictures.builders import PRODUCT, a_picture, gallery_of, hang
from tests.pictures.files import a_photo
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

PICTURES = f"/products/{PRODUCT}/pictures"


def tag() -> str:
    """Return a tag of the gallery as it is now."""
    return f'"{gallery_of().version}.a"'


def test_a_form_lets_one_file_of_the_type_be_uploaded_straight_to_the_bucket(vendor: Client, bucket: Bucket):
    answer = added(vendor, "image/jpeg", alt={"en": "A cup", "am": "ስኒ"})

    upload, picture = answer["upload"], answer["picture"]
    assert (picture["status"], picture["alt"], picture["sources"]) == ("awaited", {"en": "A cup", "am": "ስኒ"}, [])
    assert upload["fields"]["key"] == f"uploads/{PRODUCT}/{picture['id']}"
    assert upload["max_bytes"] == 20_000_000
    expires_in = datetime.fromisoformat(upload["expires_at"]) - clock.now()
    assert timedelta(seconds=880) < expires_in <= timedelta(seconds=900)
    assert send(upload, a_photo()) == 204
    assert bucket.keys == [upload["fields"]["key"]]


@pytest.mark.parametrize(
    ("content", "fields", "status"),
    [
        (b"", {}, 400),
        (b"x" * 2_001, {}, 400),
        (b"x", {"Content-Type": "text/html"}, 403),
        (b"x", {"key": "pictures/prd_COFFEE/pic_1/cafe/320.webp"}, 403),
    ],
)
def test_a_form_takes_no_other_size_type_or_place(
    vendor: Client, bucket: Bucket, monkeypatch, content: bytes, fields: dict, status: int
):
    monkeypatch.setenv("UPLOAD_LIMIT_BYTES", "2000")

    assert send(added(vendor)["upload"], content, **fields) == status
    assert bucket.keys == []


def test_adding_a_picture_is_one_read_and_one_transaction(vendor: Client, aws):
    vendor.get(PICTURES)

    with recording(aws.dynamodb) as calls:
        added(vendor)

    assert calls.operations == ["GetItem", "TransactWriteItems"]


def test_a_repeated_request_with_the_same_key_adds_one_picture(vendor: Client):
    draft = {"content_type": "image/png"}

    first = vendor.post(PICTURES, draft, idempotency_key="cup-1")
    again = vendor.post(PICTURES, draft, idempotency_key="cup-1")

    assert first.json == again.json
    assert len(gallery_of().pictures) == 1


@pytest.mark.parametrize("content_type", ["image/svg+xml", "image/gif", "text/html", ""])
def test_other_types_are_not_taken(vendor: Client, content_type: str):
    assert vendor.post(PICTURES, {"content_type": content_type}).status == 422


@pytest.mark.parametrize("alt", [{"xx": "A cup"}, {"en": ""}, {"en": " "}, {"en": "x" * 201}])
def test_what_is_said_of_a_picture_is_short_and_in_our_languages(vendor: Client, alt: dict):
    assert vendor.post(PICTURES, {"content_type": "image/png", "alt": alt}).status == 422


def test_a_full_gallery_takes_no_more(vendor: Client):
    hang(*(a_picture(f"pic_{number}") for number in range(PICTURES_LIMIT)))

    answer = vendor.post(PICTURES, {"content_type": "image/png"})

    assert (answer.status, answer.code, answer.json["limit"]) == (409, "gallery_full", PICTURES_LIMIT)


def test_pictures_of_staff_are_approved_and_a_vendors_are_not(staff: Client, vendor: Client):
    assert added(staff)["picture"]["is_approved"] is True
    assert added(vendor)["picture"]["is_approved"] is False


def test_sellers_see_every_picture_and_what_became_of_it(vendor: Client):
    refused = a_picture(
        "pic_2", status=PictureStatus.REFUSED, reason=RefusalReason.TOO_MANY_PIXELS, widths=(), width=0, height=0
    )
    hang(a_picture("pic_1", is_approved=False), refused)

    answer = vendor.get(PICTURES)

    assert answer.headers["etag"].startswith('"2.')
    assert [(each["id"], each["status"], each["reason"]) for each in answer.json["items"]] == [
        ("pic_1", "ready", None),
        ("pic_2", "refused", "too_many_pixels"),
    ]
    assert len(answer.json["items"][0]["sources"]) == 6


def test_pictures_are_put_in_another_order(vendor: Client):
    hang(a_picture("pic_1"), a_picture("pic_2"), a_picture("pic_3"))

    answer = vendor.patch(PICTURES, {"order": ["pic_3", "pic_1", "pic_2"]}, if_match=tag())

    assert [each["id"] for each in answer.json["items"]] == ["pic_3", "pic_1", "pic_2"]
    assert [each.id for each in gallery_of().pictures] == ["pic_3", "pic_1", "pic_2"]


@pytest.mark.parametrize("order", [["pic_1"], ["pic_1", "pic_1"], ["pic_1", "pic_2", "pic_3"], []])
def test_an_order_names_every_picture_once(vendor: Client, order: list):
    hang(a_picture("pic_1"), a_picture("pic_2"))

    answer = vendor.patch(PICTURES, {"order": order}, if_match=tag())

    assert (answer.status, answer.code) == (409, "picture_order_incomplete")
    assert answer.json["picture_ids"] == ["pic_1", "pic_2"]


def test_staff_change_what_is_said_of_a_picture_at_once(staff: Client):
    hang(a_picture("pic_1"))

    staff.patch(PICTURES, {"alt": {"pic_1": {"en": "Two cups"}}}, if_match=tag())

    (picture,) = gallery_of().pictures
    assert (picture.alt, picture.proposed_alt) == ({"en": "Two cups"}, None)


def test_what_a_vendor_says_of_an_approved_picture_waits_and_the_approved_words_stay(vendor: Client):
    hang(a_picture("pic_1"), a_picture("pic_2", is_approved=False))
    alt = {"pic_1": {"en": "Two cups"}, "pic_2": {"en": "Two bags"}}

    answer = vendor.patch(PICTURES, {"alt": alt}, if_match=tag())

    shown, hidden = answer.json["items"]
    assert (shown["alt"]["en"], shown["proposed_alt"]) == ("A cup of coffee", {"en": "Two cups"})
    assert (hidden["alt"], hidden["proposed_alt"]) == ({"en": "Two bags"}, None)


def test_words_for_a_picture_that_is_not_there_are_refused(vendor: Client):
    answer = vendor.patch(PICTURES, {"alt": {"pic_9": {"en": "?"}}}, if_match=tag())

    assert (answer.status, answer.code) == (404, "picture_not_found")


@pytest.mark.parametrize(("headers", "status"), [({}, 428), ({"if_match": '"7.a"'}, 412)])
def test_arranging_and_removing_need_the_gallery_that_was_seen(vendor: Client, headers: dict, status: int):
    hang(a_picture("pic_1"))

    assert vendor.patch(PICTURES, {"order": ["pic_1"]}, **headers).status == status
    assert vendor.delete(f"{PICTURES}/pic_1", **headers).status == status
    assert len(gallery_of().pictures) == 1


def test_a_removed_picture_is_gone_at_once(vendor: Client):
    hang(a_picture("pic_1"), a_picture("pic_2"))

    answer = vendor.delete(f"{PICTURES}/pic_1", if_match=tag())

    assert answer.status == 204
    assert [each.id for each in gallery_of().pictures] == ["pic_2"]
    assert vendor.delete(f"{PICTURES}/pic_1", if_match=tag()).code == "picture_not_found"


def test_another_vendor_finds_nothing(other_vendor: Client):
    hang(a_picture("pic_1"))

    answers = [
        other_vendor.get(PICTURES),
        other_vendor.post(PICTURES, {"content_type": "image/png"}),
        other_vendor.patch(PICTURES, {"order": ["pic_1"]}, if_match=tag()),
        other_vendor.delete(f"{PICTURES}/pic_1", if_match=tag()),
    ]

    assert {(answer.status, answer.code) for answer in answers} == {(404, "gallery_not_found")}
    assert gallery_of().pictures == [a_picture("pic_1")]


def test_a_product_that_is_not_there_has_no_gallery(staff: Client):
    answer = staff.get("/products/prd_NONE/pictures", accept_language="am")

    assert (answer.status, answer.code, answer.json["title"]) == (404, "gallery_not_found", "እንዲህ ያለ የምስል ስብስብ የለም")


def test_pictures_are_for_sellers(bucket: Bucket):
    assert Client(app).get(PICTURES).status == 401
    assert Client(app).signed_with(token_for(roles=["customer"])).get(PICTURES).status == 403
    assert Client(app).signed_with(token_for(permissions=["stock.manage"])).get(PICTURES).status == 403
