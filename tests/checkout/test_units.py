"""What does a purchase of two lines from two vendors cost in calls and units of the table?"""

import pytest

from chalicelib.checkout import service
from chalicelib.payments import service as payments
from tests.checkout.builders import UNDO_CHAIN, a_paid_checkout, a_two_vendor_cart, an_awaited_payment, reference_of
from tests.support.account import Account
from tests.support.builders import a_buyer, a_checkout, a_started_checkout, as_it_is, the_ref
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, step
from tests.support.recorded_calls import Calls, recording

GET, BATCH, PUT, TRANSACT = "GetItem", "BatchGetItem", "PutItem", "TransactWriteItems"


def written(calls: Calls) -> int:
    """Items of the one transaction."""
    [transaction] = [call for call in calls.sent if call.operation == TRANSACT]
    return len(transaction.params["TransactItems"])


def test_beginning_is_two_reads_and_one_transaction(aws: Account) -> None:
    cart = a_two_vendor_cart()

    with recording(aws.dynamodb) as calls:
        service.begin(cart.owner_id, cart.cart_id, a_buyer(), accepted_total=None)

    assert calls.operations == [GET, BATCH, TRANSACT]
    assert written(calls) == 4


def test_reserving_is_one_read_and_one_transaction(aws: Account) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    with recording(aws.dynamodb) as calls:
        step("reserve_stock", ref)

    assert calls.operations == [GET, TRANSACT]
    assert written(calls) == 3


def test_opening_the_payment_writes_before_and_after_the_provider_is_asked(till: Till, aws: Account) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    with recording(aws.dynamodb) as calls:
        step("open_payment", ref)

    # The checkout, its quote with name and number, the payment; attempt, the payment as it was, payment, checkout.
    assert calls.operations == [GET, GET, GET, PUT, GET, PUT, PUT]


def test_waiting_is_one_write_between_two_reads(machine: WaitingMachine, till: Till, aws: Account) -> None:
    ref = a_started_checkout(a_two_vendor_cart())
    token = machine.token(ref)

    with recording(aws.dynamodb) as calls:
        step("await_payment", ref, task_token=token)

    assert calls.operations == [GET, PUT, GET]


def test_capturing_wakes_whoever_waits_before_the_attempt_ends(
    machine: WaitingMachine, till: Till, aws: Account
) -> None:
    ref = an_awaited_payment(machine)
    till.pay(reference_of(ref))

    with recording(aws.dynamodb) as calls:
        payments.verify(reference_of(ref))

    # The recorded reads begin with the payment that `reference_of` looks up.
    assert calls.operations[2:] == [GET, GET, PUT, GET, PUT]


def test_placing_is_one_transaction_that_touches_no_stock(machine: WaitingMachine, till: Till, aws: Account) -> None:
    ref = a_paid_checkout(machine, till)

    with recording(aws.dynamodb) as calls:
        step("place_order", ref)

    assert calls.operations == [GET, GET, GET, GET, TRANSACT]
    assert written(calls) == 8
    assert "STOCK#" not in str(calls.sent[-1].params)


def test_reading_a_checkout_is_one_call(aws: Account) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    with recording(aws.dynamodb) as calls:
        as_it_is(ref)

    assert calls.operations == [GET]
    assert calls.read_units == 1


def test_the_units_of_a_whole_purchase(machine: WaitingMachine, till: Till, aws: Account) -> None:
    cart, cost = a_two_vendor_cart(), {}

    def measured(name: str, calls: Calls) -> None:
        cost[name] = (calls.read_units, calls.write_units)

    with recording(aws.dynamodb) as calls:
        checkout = service.begin(cart.owner_id, cart.cart_id, a_buyer(), accepted_total=None).checkout
    measured("begin", calls)
    ref = the_ref(checkout)
    service.ensure_started(ref.owner, ref.checkout_id, attempt=1)
    token = machine.token(ref)
    for name, sent in (("reserve_stock", {}), ("open_payment", {}), ("await_payment", {"task_token": token})):
        with recording(aws.dynamodb) as calls:
            step(name, ref, **sent)
        measured(name, calls)
    tx_ref = reference_of(ref)
    till.pay(tx_ref)
    with recording(aws.dynamodb) as calls:
        payments.verify(tx_ref)
    measured("verify", calls)
    with recording(aws.dynamodb) as calls:
        step("place_order", ref)
    measured("place_order", calls)

    assert sum(reads for reads, _ in cost.values()) <= 22, cost
    assert sum(writes for _, writes in cost.values()) <= 43, cost


@pytest.mark.parametrize("name", UNDO_CHAIN)
def test_an_undo_that_has_nothing_to_do_writes_at_most_once(till: Till, aws: Account, name: str) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    with recording(aws.dynamodb) as calls:
        step(name, ref)

    assert len([operation for operation in calls.operations if operation in (PUT, TRANSACT)]) <= 1
