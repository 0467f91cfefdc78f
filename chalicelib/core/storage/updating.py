"""What does a row hold after an update? As much is known when it is refused as when it is carried out."""

from collections.abc import Sequence
from typing import Any

from botocore.exceptions import ClientError
from pynamodb.exceptions import PynamoDBException, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.core.storage import connection
from chalicelib.core.storage.table import Item


def update(item: Item, actions: Sequence[Action], condition: Condition | None) -> None:
    """Change a row in place, and leave in ``item`` what is stored now, even if that refused the change.

    1 UpdateItem. PynamoDB's own gives nothing back when the condition fails.
    """
    wanted = item.get_update_kwargs_from_instance(
        actions=list(actions), condition=condition, return_values_on_condition_failure="ALL_OLD"
    )
    try:
        answer = connection.table().connection.dispatch("UpdateItem", {**wanted, "ReturnValues": "ALL_NEW"})
    except ClientError as failure:
        if stored := _row_in(failure):
            item.deserialize(stored)
        raise UpdateError(f"Failed to update item: {failure}", failure) from failure
    item.deserialize(answer["Attributes"])


def row_that_failed(failure: PynamoDBException, number: int) -> dict[str, Any] | None:
    """Return the row that failed a condition, where it was asked for; ``number`` is its place in a transaction."""
    if not isinstance(failure, TransactWriteError):
        return _row_in(failure.cause)
    reason = failure.cancellation_reasons[number]
    return reason.raw_item if reason else None


def _row_in(failure: BaseException | None) -> dict[str, Any] | None:
    # PynamoDB's error leaves the stored row out; botocore's, which caused it, has it.
    row: dict[str, Any] | None = getattr(failure and failure.__cause__, "response", {}).get("Item")
    return row
