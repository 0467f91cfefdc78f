"""How does the shop hear that a file was uploaded? By notices in S3's shape, each handled as often as it comes.

uploads = FileNotices("process_pictures", service.process)
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote_plus

from chalicelib.core.events import batches
from chalicelib.core.observability import logger
from chalicelib.core.settings import settings

_CREATED = "ObjectCreated:"


class FileNotices:
    """All that one queue does about stored files. Its ``handler`` is the Lambda handler."""

    def __init__(self, name: str, react: Callable[[str], None]) -> None:
        self.name = name
        self._react = react

    def handler(self, batch: Mapping[str, Any], context: object) -> dict[str, Any]:
        """Handle an SQS batch; what failed is reported alone and comes again (partial batch response)."""
        return batches.answer(batch, self._handled)

    def _handled(self, record: Mapping[str, Any]) -> bool:
        try:
            keys = list(stored_keys(record["body"]))
            for key in keys:
                self._react(key)
        except Exception:
            logger.exception("file not handled", consumer=self.name, message_id=record["messageId"])
            return False
        logger.info("files handled", consumer=self.name, keys=keys)
        return True


def stored_keys(notice: str | bytes) -> Iterator[str]:
    """Yield the key of each file of ours that a notice says was stored. What says nothing of the kind has none.

    S3 and MinIO alike escape keys as forms do, and S3 sends a test when it is first told to send anything.
    """
    said = json.loads(notice)
    for each in said.get("Records") or ():
        if each["eventName"].removeprefix("s3:").startswith(_CREATED):
            stored = each["s3"]
            if stored["bucket"]["name"] == settings.image_bucket:
                yield unquote_plus(stored["object"]["key"])
