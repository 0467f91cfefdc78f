"""Where do entries lie that not even the account's owner can change? In a bucket under Object Lock, if there is one."""

from chalicelib.core.aws import client
from chalicelib.core.settings import settings

_IS_THERE = "PreconditionFailed"


def is_kept() -> bool:
    """Tell whether this deployment has an archive."""
    return bool(settings.audit_archive_bucket)


def put(name: str, text: str) -> None:
    """Store a text under a name for good: 1 conditional PutObject. One that is there stays as it is."""
    s3, bucket = client("s3"), settings.audit_archive_bucket
    try:
        s3.put_object(Bucket=bucket, Key=name, Body=text.encode(), ContentType="application/json", IfNoneMatch="*")
    except s3.exceptions.ClientError as problem:
        if problem.response["Error"]["Code"] != _IS_THERE:
            raise
