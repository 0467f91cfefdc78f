"""What if somebody else keeps the files? Then their keeper tells us of each upload, and the same queue hears of it."""

import hmac

from chalicelib.core import aws, secrets
from chalicelib.core.errors import Malformed
from chalicelib.core.events.file_notices import stored_keys
from chalicelib.core.observability import count
from chalicelib.core.settings import settings
from chalicelib.pictures.errors import NoticeNotGenuine


def receive_notice(body: bytes, authorization: str | None) -> None:
    """Queue a notice in S3's shape, as MinIO sends it; one of other files than uploads of ours says nothing.

    Raises ``NoticeNotGenuine`` unless it bears the token that only the keeper of the files has.
    """
    token = str(secrets.read_fields(settings.images_secret)["notice_token"])
    given = (authorization or "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, f"Bearer {token}".encode()):
        count("ForgedNotices")
        raise NoticeNotGenuine()
    try:
        text, keys = body.decode(), list(stored_keys(body))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        raise Malformed() from None
    if keys:
        aws.client("sqs").send_message(QueueUrl=settings.uploads_queue_url, MessageBody=text)
