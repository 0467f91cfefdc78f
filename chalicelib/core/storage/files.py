"""How are files kept? The one place that asks S3, or what speaks as S3 does, to take, give and drop them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.core import aws, clock, secrets
from chalicelib.core.settings import settings

_GONE = ("NoSuchKey", "404")
_DROPPED_AT_ONCE = 1000


@dataclass(frozen=True)
class UploadForm:
    """A form that a browser sends, with a file as its last field, straight to the bucket (S3 POST policy)."""

    url: str
    fields: Mapping[str, str]
    expires_at: datetime


def upload_form(key: str, content_type: str, *, max_bytes: int, within_seconds: int) -> UploadForm:
    """Let whoever has the form put one file at this key, of this type and no larger; makes no call."""
    signed = _client().generate_presigned_post(
        settings.image_bucket,
        key,
        Fields={"Content-Type": content_type},
        Conditions=[{"Content-Type": content_type}, ["content-length-range", 1, max_bytes]],
        ExpiresIn=within_seconds,
    )
    return UploadForm(signed["url"], signed["fields"], clock.after(within_seconds))


def read(key: str, *, limit_bytes: int) -> bytes | None:
    """Return a file, or ``None`` if it is not there: 1 GetObject. Of a larger one, one byte more than the limit."""
    s3 = _client()
    try:
        found = s3.get_object(Bucket=settings.image_bucket, Key=key)
    except s3.exceptions.ClientError as problem:
        if problem.response["Error"]["Code"] in _GONE:
            return None
        raise
    with found["Body"] as body:
        content: bytes = body.read(limit_bytes + 1)
    return content


def put(key: str, content: bytes, *, content_type: str) -> None:
    """Store a file whose key names its content, so that whoever has it may keep it: 1 PutObject."""
    kept = f"public, max-age={settings.assets_cached_seconds}, immutable"
    _client().put_object(
        Bucket=settings.image_bucket, Key=key, Body=content, ContentType=content_type, CacheControl=kept
    )


def drop(keys: Iterable[str]) -> None:
    """Delete files, there or not: 1 DeleteObjects for up to 1,000. Raises ``FilesNotDropped``."""
    wanted = [{"Key": key} for key in keys]
    for first in range(0, len(wanted), _DROPPED_AT_ONCE):
        some = {"Objects": wanted[first : first + _DROPPED_AT_ONCE], "Quiet": True}
        refused = _client().delete_objects(Bucket=settings.image_bucket, Delete=some).get("Errors")
        if refused:
            raise FilesNotDropped(refused[0]["Code"])


def drop_below(prefix: str) -> None:
    """Delete every file whose key begins so: 1 ListObjectsV2, and 1 DeleteObjects if there is any."""
    pages = _client().get_paginator("list_objects_v2").paginate(Bucket=settings.image_bucket, Prefix=prefix)
    drop([each["Key"] for page in pages for each in page.get("Contents", [])])


class FilesNotDropped(Exception):
    """The bucket kept some of the files; whoever wanted them gone tries again."""


def _client() -> Any:
    endpoint = settings.images_endpoint_url
    if not endpoint:
        return aws.client("s3")
    held = secrets.read_fields(settings.images_secret)
    return aws.files_client(endpoint, held.get("access_key") or None, held.get("secret_key") or None)
