"""How does a queue's function answer for a batch? What failed is named alone and comes again."""

from collections.abc import Callable, Mapping
from typing import Any


def answer(batch: Mapping[str, Any], handled: Callable[[Mapping[str, Any]], bool]) -> dict[str, Any]:
    """Handle each message of an SQS batch and return a partial batch response (``ReportBatchItemFailures``)."""
    failed = [record["messageId"] for record in batch["Records"] if not handled(record)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}
