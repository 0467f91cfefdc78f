"""Does each queue get exactly the events that its consumer reacts to?"""

import importlib

import pytest

from chalicelib.core.events.consuming import Consumer
from chalicelib.core.events.file_notices import FileNotices
from chalicelib.pictures.rules import PICTURES, UPLOADS
from infra.packaging import REPOSITORY
from infra.template import FUNCTION, read_template, resources_of_type

# It hears of files, from their bucket.
OF_FILES = "process_pictures"
QUEUES = sorted(
    path.stem for path in (REPOSITORY / "functions/queues").glob("*.py") if path.stem not in ("__init__", OF_FILES)
)


@pytest.mark.parametrize("name", QUEUES)
def test_a_queue_subscribes_to_what_its_consumer_reacts_to(name: str) -> None:
    consumer = importlib.import_module(f"functions.queues.{name}").handler.__self__
    logical_id = "".join(word.title() for word in name.split("_"))

    subscription = resources_of_type(read_template(), "AWS::SNS::Subscription")[f"{logical_id}Subscription"]

    assert isinstance(consumer, Consumer)
    assert consumer.name == name
    assert subscription["FilterPolicy"] == {"type": consumer.event_types}
    assert subscription["RawMessageDelivery"] is True


def test_the_bucket_tells_its_queue_of_uploads_and_of_nothing_else() -> None:
    template = read_template()
    bucket = resources_of_type(template, "AWS::S3::Bucket")["ImageBucket"]
    told = resources_of_type(template, FUNCTION)["ProcessPictures"]["Events"]["Message"]["Properties"]["Queue"]

    (notice,) = bucket["NotificationConfiguration"]["QueueConfigurations"]

    assert isinstance(importlib.import_module(f"functions.queues.{OF_FILES}").handler.__self__, FileNotices)
    assert notice["Queue"] == told == {"Fn::GetAtt": ["UploadsQueue", "Arn"]}
    assert notice["Event"] == "s3:ObjectCreated:*"
    assert notice["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": UPLOADS}]


def test_anybody_may_fetch_pictures_and_nobody_uploads() -> None:
    template = read_template()
    bucket = resources_of_type(template, "AWS::S3::Bucket")["ImageBucket"]
    policy = resources_of_type(template, "AWS::S3::BucketPolicy")["ImageBucketPolicy"]["PolicyDocument"]

    (statement,) = policy["Statement"]

    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Allow", "*", "s3:GetObject")
    assert statement["Resource"] == {"Fn::Sub": f"${{ImageBucket.Arn}}/{PICTURES}*"}
    blocked = bucket["PublicAccessBlockConfiguration"]
    assert (blocked["BlockPublicAcls"], blocked["IgnorePublicAcls"]) == (True, True)


def test_browsers_may_post_uploads_from_the_shops_own_pages_only() -> None:
    bucket = resources_of_type(read_template(), "AWS::S3::Bucket")["ImageBucket"]

    (rule,) = bucket["CorsConfiguration"]["CorsRules"]

    assert rule["AllowedMethods"] == ["POST"]
    assert rule["AllowedOrigins"] == {"Fn::Split": [",", {"Ref": "AllowedOrigins"}]}


def test_what_is_left_of_uploads_goes_by_itself() -> None:
    bucket = resources_of_type(read_template(), "AWS::S3::Bucket")["ImageBucket"]

    rules = {rule["Id"]: rule for rule in bucket["LifecycleConfiguration"]["Rules"]}

    assert (rules["uploads"]["Prefix"], rules["uploads"]["Status"]) == (UPLOADS, "Enabled")
