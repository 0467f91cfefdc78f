"""Which shop do the tests of pictures begin with? One with a bucket, a queue, and one product's empty gallery."""

import secrets

import pytest

from functions.api.pictures import app
from tests.pictures.bucket import Bucket
from tests.pictures.builders import VENDOR, a_gallery
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for


@pytest.fixture
def bucket(aws: Account, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """Return the bucket of an account with one product's gallery, and the queue that hears of uploads."""
    name = f"images-{secrets.token_hex(8)}"
    aws.cloud.client("s3").create_bucket(Bucket=name)
    queue = aws.cloud.client("sqs").create_queue(QueueName="uploads")["QueueUrl"]
    monkeypatch.setenv("IMAGE_BUCKET", name)
    monkeypatch.setenv("UPLOADS_QUEUE_URL", queue)
    a_gallery()
    return Bucket(aws.cloud, name, queue)


@pytest.fixture
def staff(bucket: Bucket) -> Client:
    """Return a client signed in as somebody who keeps the catalogue."""
    return Client(app).signed_with(token_for(permissions=["catalog.manage"]))


@pytest.fixture
def vendor(bucket: Bucket) -> Client:
    """Return a client signed in as a member of the vendor that sells the product."""
    return Client(app).signed_with(token_for(roles=["customer", "vendor"], vendor_id=VENDOR))


@pytest.fixture
def other_vendor(bucket: Bucket) -> Client:
    return Client(app).signed_with(token_for(roles=["customer", "vendor"], vendor_id="ven_DORZE"))
