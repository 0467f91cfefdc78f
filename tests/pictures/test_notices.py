"""May somebody else who keeps the files tell of an upload, and nobody who does not?"""

import json

import pytest

from chalicelib.core.events.file_notices import stored_keys
from functions.api.pictures import app
from functions.queues.process_pictures import handler as process_pictures
from tests.pictures.bucket import Bucket, added, send
from tests.pictures.builders import PRODUCT, gallery_of
from tests.pictures.files import a_photo
from tests.support.account import IMAGES_TOKEN
from tests.support.calling import Client

KEEPER = f"Bearer {IMAGES_TOKEN}"


def queued(bucket: Bucket) -> list[str]:
    found = bucket.cloud.client("sqs").receive_message(QueueUrl=bucket.queue, MaxNumberOfMessages=10)
    return [each["Body"] for each in found.get("Messages", [])]


def of_minio(bucket: Bucket, key: str) -> str:
    """Return a notice as MinIO posts it: S3's, with the event and the whole key once more."""
    records = json.loads(bucket.notice_of(key, event="s3:ObjectCreated:Post"))
    return json.dumps({"EventName": "s3:ObjectCreated:Post", "Key": f"{bucket.name}/{key}", **records})


def test_a_notice_of_an_upload_goes_to_the_same_queue_and_becomes_a_picture(staff: Client, bucket: Bucket):
    made = added(staff)
    send(made["upload"], a_photo())
    notice = of_minio(bucket, made["upload"]["fields"]["key"])

    answer = Client(app).post("/webhooks/minio", notice, authorization=KEEPER)

    assert answer.status == 204
    (message,) = queued(bucket)
    assert process_pictures({"Records": [{"messageId": "1", "body": message}]}, None) == {"batchItemFailures": []}
    assert gallery_of().pictures[0].is_ready


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer wrong", IMAGES_TOKEN, f"Basic {IMAGES_TOKEN}", "ሀ"])
def test_nobody_else_may_tell(bucket: Bucket, authorization: str):
    notice = of_minio(bucket, f"uploads/{PRODUCT}/pic_1")

    answer = Client(app).post("/webhooks/minio", notice, authorization=authorization)

    assert (answer.status, answer.code) == (401, "notice_not_genuine")
    assert queued(bucket) == []


def test_who_sends_no_token_is_refused(bucket: Bucket):
    assert Client(app).post("/webhooks/minio", of_minio(bucket, "uploads/a/b")).code == "notice_not_genuine"


@pytest.mark.parametrize("body", ["{}", '{"Records": []}', '{"Event": "s3:TestEvent"}'])
def test_a_notice_of_nothing_is_taken_and_queues_nothing(bucket: Bucket, body: str):
    assert Client(app).post("/webhooks/minio", body, authorization=KEEPER).status == 204
    assert queued(bucket) == []


def test_notices_of_other_buckets_and_of_deletions_say_nothing(bucket: Bucket):
    other = json.dumps(
        {"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}, "object": {"key": "k"}}}]}
    )

    assert list(stored_keys(other)) == []
    assert list(stored_keys(bucket.notice_of("uploads/a", event="ObjectRemoved:Delete"))) == []


@pytest.mark.parametrize("body", ["[]", "{", '{"Records": [{}]}', '{"Records": 7}', '{"Records": [{"eventName": 7}]}'])
def test_a_notice_in_another_shape_is_malformed(bucket: Bucket, body: str):
    answer = Client(app).post("/webhooks/minio", body, authorization=KEEPER)

    assert answer.status == 422


def test_a_key_is_unescaped_as_s3_escapes_it(bucket: Bucket):
    assert list(stored_keys(bucket.notice_of("uploads/a b+c/ሀ"))) == ["uploads/a b+c/ሀ"]


def test_a_notice_that_cannot_be_read_comes_again(bucket: Bucket):
    assert process_pictures({"Records": [{"messageId": "7", "body": "{"}]}, None) == {
        "batchItemFailures": [{"itemIdentifier": "7"}]
    }


def test_files_may_be_kept_elsewhere_with_keys_of_their_own(staff: Client, bucket: Bucket, monkeypatch):
    """The embedded cloud takes an access key for an account, so these keys lead to a bucket that is not ours."""
    elsewhere = bucket.cloud.endpoint_url
    monkeypatch.setenv("IMAGES_ENDPOINT_URL", elsewhere)
    own = {"notice_token": "t", "access_key": "444455556666", "secret_key": "s"}
    monkeypatch.setenv("SECRETS_CACHED_SECONDS", "0")
    bucket.cloud.client("secretsmanager").put_secret_value(SecretId="images", SecretString=json.dumps(own))

    upload = added(staff)["upload"]

    assert upload["url"] == f"{elsewhere}/{bucket.name}"
    assert upload["fields"]["x-amz-credential"].startswith("444455556666/")
