"""Is a delivery found at the cost it is documented with, and is its lease shorter than the queue's patience?"""

from chalicelib.notifications import store
from infra.template import read_template
from tests.notifications.builders import a_placed_order
from tests.notifications.test_reactions import received
from tests.support.account import Account
from tests.support.recorded_calls import recording


def test_a_delivery_is_found_by_its_message_with_one_read(aws: Account) -> None:
    order = a_placed_order()
    received(order)

    with recording(aws.dynamodb) as calls:
        found = store.find_delivery(f"order_confirmation.{order.order_id}")

    assert found is not None
    assert calls.operations == ["GetItem"]


def test_nobody_began_what_nobody_announced(aws: Account) -> None:
    assert store.find_delivery("order_confirmation.ord_0") is None


def test_a_mail_costs_one_read_and_two_writes(aws: Account) -> None:
    order = a_placed_order()

    with recording(aws.dynamodb) as calls:
        received(order)

    assert calls.operations == ["GetItem", "PutItem", "UpdateItem"]


def test_a_lease_ends_before_the_queue_tries_again() -> None:
    parameters = read_template()["Parameters"]

    assert parameters["DeliveryLeaseSeconds"]["Default"] < parameters["QueueRetrySeconds"]["Default"]
