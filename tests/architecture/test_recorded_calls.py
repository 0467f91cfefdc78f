"""Does the recorder see what PynamoDB sends, what it costs, and a condition that calculates?"""

import botocore.session
import pytest
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.exceptions import UpdateError
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from tests.support.recorded_calls import ArithmeticInConditionError, recording, refuse_arithmetic

ACCOUNT = "210000000001"


class Basket(Model):
    class Meta:
        table_name = "baskets"
        region = "us-east-1"
        aws_access_key_id = ACCOUNT
        aws_secret_access_key = "not-checked"
        billing_mode = "PAY_PER_REQUEST"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    available = NumberAttribute(default=0)


@pytest.fixture(scope="module")
def baskets(recorder_cloud):
    Basket.Meta.host = recorder_cloud
    Basket.create_table(wait=True)
    return Basket


@pytest.fixture
def client(baskets):
    return baskets._get_connection().connection.client


def test_each_call_is_recorded_with_its_units(baskets, client):
    with recording(client) as calls:
        baskets("shop", "basket-1", available=3).save()
        baskets.get("shop", "basket-1", consistent_read=True)
        list(baskets.query("shop", baskets.sk.startswith("basket")))

    assert calls.operations == ["PutItem", "GetItem", "Query"]
    assert calls.count == 3
    assert calls.write_units == 1
    assert calls.read_units == pytest.approx(1.5)
    assert calls.unmeasured == []
    assert calls.sent[1].params["ConsistentRead"] is True


def test_a_transaction_and_a_batch_are_one_call_each(baskets, client, recorder_cloud):
    connection = Connection(region="us-east-1", host=recorder_cloud)
    connection._client = client

    with recording(client) as calls:
        with TransactWrite(connection=connection) as transaction:
            transaction.save(baskets("shop", "basket-2"))
            transaction.save(baskets("shop", "basket-3"))
        list(baskets.batch_get([("shop", "basket-2"), ("shop", "basket-3")]))

    assert calls.operations == ["TransactWriteItems", "BatchGetItem"]
    assert calls.write_units == 4
    assert calls.unmeasured == []
    assert calls.read_units == 1


def test_a_refused_write_is_recorded_too(baskets, client):
    basket = baskets("shop", "basket-4", available=1)
    basket.save()

    with recording(client) as calls, pytest.raises(UpdateError):
        basket.update([baskets.available.add(-2)], condition=baskets.available >= 2)

    assert calls.operations == ["UpdateItem"]
    assert calls.sent[0].status == 400


def test_nothing_is_recorded_after_the_block(baskets, client):
    with recording(client) as calls:
        baskets("shop", "basket-5").save()
    baskets("shop", "basket-6").save()

    assert calls.count == 1


def test_a_session_records_the_clients_it_makes(baskets, recorder_cloud):
    session = botocore.session.Session()
    session.set_credentials(ACCOUNT, "not-checked")

    with recording(session) as calls:
        made = session.create_client("dynamodb", "us-east-1", endpoint_url=recorder_cloud)
        made.describe_table(TableName="baskets")
        made.get_item(TableName="baskets", Key={"pk": {"S": "shop"}, "sk": {"S": "nothing"}})

    assert calls.operations == ["DescribeTable", "GetItem"]
    assert calls.read_units == pytest.approx(0.5)


def test_a_condition_that_calculates_is_not_even_sent(client):
    with recording(client) as calls, pytest.raises(ArithmeticInConditionError, match=r"used \+ :wanted"):
        client.put_item(
            TableName="baskets",
            Item={"pk": {"S": "shop"}, "sk": {"S": "basket-7"}},
            ConditionExpression="used + :wanted <= :limit",
            ExpressionAttributeValues={":wanted": {"N": "1"}, ":limit": {"N": "9"}},
        )

    assert calls.count == 0


@pytest.mark.parametrize("name", ["ConditionExpression", "KeyConditionExpression", "FilterExpression"])
def test_a_calculation_is_found_deep_in_a_transaction(name):
    params = {"TransactItems": [{"Put": {}}, {"Update": {name: "#held <= on_hand - :sold"}}]}

    with pytest.raises(ArithmeticInConditionError, match=rf"TransactItems\[1\]\.Update\.{name} .* character 17"):
        refuse_arithmetic(params)


def test_an_update_may_calculate_and_values_may_be_negative():
    refuse_arithmetic(
        {
            "UpdateExpression": "SET available = available - :sold",
            "ConditionExpression": "available >= :sold AND attribute_exists(pk)",
            "ExpressionAttributeValues": {":sold": {"N": "-1"}, ":note": {"S": "a + b"}},
        }
    )
