"""Would a condition that calculates be noticed, wherever it is sent from?"""

import pytest

from tests.support.account import TABLE, Account
from tests.support.recorded_calls import ArithmeticInConditionError


def test_a_condition_that_calculates_is_never_sent(aws: Account) -> None:
    with pytest.raises(ArithmeticInConditionError):
        aws.dynamodb.update_item(
            TableName=TABLE,
            Key={"pk": {"S": "PRODUCT#1"}, "sk": {"S": "STOCK#COFFEE"}},
            UpdateExpression="SET available = available - :wanted",
            ConditionExpression="available - :wanted >= :none",
            ExpressionAttributeValues={":wanted": {"N": "1"}, ":none": {"N": "0"}},
        )
