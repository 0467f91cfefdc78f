"""What does a row hold after an update? As much is known when it is refused as when it is carried out."""

from collections.abc import Sequence

from botocore.exceptions import ClientError
from pynamodb.exceptions import UpdateError
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
        # PynamoDB's error leaves the stored row out; botocore's, which caused it, has it.
        if stored := getattr(failure.__cause__, "response", {}).get("Item"):
            item.deserialize(stored)
        raise UpdateError(f"Failed to update item: {failure}", failure) from failure
    item.deserialize(answer["Attributes"])
