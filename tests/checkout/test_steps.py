"""Is every step safe to repeat, and every undo safe before, without and after its do?"""

import pytest

from chalicelib.carts import service as carts
from chalicelib.checkout import service
from chalicelib.checkout.service import CheckoutRef
from chalicelib.checkout.steps import checkout as workflow
from chalicelib.payments import service as payments
from tests.checkout.builders import (
    UNDO_CHAIN,
    a_paid_checkout,
    a_two_vendor_cart,
    an_awaited_payment,
    cart_status,
    owed,
    payment_of,
    reference_of,
    reservation,
    sub_orders,
    the_order,
    verify,
)
from tests.support.account import Account
from tests.support.builders import (
    COFFEE,
    GABI,
    a_buyer,
    a_checkout,
    a_started_checkout,
    an_address,
    as_it_is,
    left_of,
    the_ref,
)
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, step, undone
from tests.support.recorded_calls import Calls, recording


def test_a_paid_checkout_becomes_one_order_and_everything_fits(machine: WaitingMachine, till: Till) -> None:
    ref = a_paid_checkout(machine, till)

    assert step("place_order", ref) == "placed"

    done, order = as_it_is(ref), the_order(ref)
    assert order is not None
    assert (done.status, done.order_id, done.gsi1pk) == ("completed", order.order_id, None)
    assert (order.quote.total, payment_of(ref).status) == (done.totals.total, "used")
    assert (reservation(ref), cart_status(ref)) == ("spent", "converted")
    assert (left_of(COFFEE), left_of(GABI)) == (1, 2)
    assert order.event is not None
    assert order.event["data"]["reservation_id"] == ref.reservation_id


def test_the_parts_of_the_vendors_add_up(machine: WaitingMachine, till: Till) -> None:
    ref = a_paid_checkout(machine, till)
    step("place_order", ref)
    order = the_order(ref)
    assert order is not None

    parts = sub_orders("yirga", "shiromeda")

    assert [[line.sku for line in part.share.lines] for part in parts] == [[COFFEE], [GABI]]
    for total in ("subtotal", "discount", "shipping", "tax", "total"):
        assert sum(getattr(part.share, total).minor for part in parts) == getattr(order.quote, total).minor
    assert {part.number for part in parts} == {order.number}


def test_placing_again_is_the_same_order(machine: WaitingMachine, till: Till) -> None:
    ref = a_paid_checkout(machine, till)
    step("place_order", ref)
    first = the_order(ref)

    assert step("place_order", ref) == "placed"

    second = the_order(ref)
    assert first is not None
    assert second is not None
    assert (first.number, first.version) == (second.number, second.version)
    assert len(sub_orders("yirga")) == 1


def test_an_order_whose_answer_was_lost_stays(machine: WaitingMachine, till: Till) -> None:
    ref = a_paid_checkout(machine, till)
    step("place_order", ref)

    assert undone(ref) == "already_placed"
    assert service.give_back(ref) == "already_placed"
    assert workflow.run_undo_chain(ref) == "already_placed"

    for name in UNDO_CHAIN[1:]:
        step(name, ref)
    assert (as_it_is(ref).status, cart_status(ref), reservation(ref)) == ("completed", "converted", "spent")
    assert payment_of(ref).status == "used"
    assert left_of(COFFEE) == 1
    assert owed() == []


def test_no_order_is_placed_before_the_money_is_there(machine: WaitingMachine, till: Till) -> None:
    ref = an_awaited_payment(machine)

    assert step("place_order", ref) == "refused"
    assert the_order(ref) is None


def test_money_that_came_before_anybody_waited_wakes_at_once(machine: WaitingMachine, till: Till) -> None:
    ref = a_started_checkout(a_two_vendor_cart())
    step("reserve_stock", ref)
    step("open_payment", ref)
    till.pay(reference_of(ref))
    verify(ref)

    assert step("await_payment", ref, task_token=machine.token(ref)) == "waiting"

    assert machine.resumed_with(ref) == "paid"


def test_a_payment_that_was_closed_before_anybody_waited_wakes_at_once(machine: WaitingMachine, till: Till) -> None:
    ref = a_started_checkout(a_two_vendor_cart())
    payments.close(as_it_is(ref).payment_id)

    step("await_payment", ref, task_token=machine.token(ref))

    assert machine.resumed_with(ref) == "expired"


# Each do with its undo

PAIRS = {
    "reserve_stock": ("release_stock", "reserved"),
    "open_payment": ("close_payment", "ready"),
    "place_order": ("refuse_order", "placed"),
}


def test_every_do_has_its_undo() -> None:
    undone_by = {undo.undoes.name: undo.step.name for undo in workflow.undo_chain() if undo.undoes}

    assert undone_by == {do: undo for do, (undo, _) in PAIRS.items()}


def test_stock_that_was_reserved_is_given_back_once(aws: Account) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    assert [step("reserve_stock", ref), step("reserve_stock", ref)] == ["reserved", "reserved"]
    assert (left_of(COFFEE), left_of(GABI)) == (1, 2)
    assert [step("release_stock", ref), step("release_stock", ref)] == ["released", "released"]
    assert (left_of(COFFEE), left_of(GABI)) == (3, 3)
    assert step("reserve_stock", ref) != "reserved"
    assert (left_of(COFFEE), left_of(GABI)) == (3, 3)


def test_a_reservation_that_was_released_first_can_never_be_held(aws: Account) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    assert step("release_stock", ref) == "released"
    assert step("reserve_stock", ref) != "reserved"
    assert step("release_stock", ref) == "released"
    assert left_of(COFFEE) == 3


def test_a_payment_page_that_was_opened_is_closed_for_ever(till: Till) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    assert [step("open_payment", ref), step("open_payment", ref)] == ["ready", "ready"]
    assert [step("close_payment", ref), step("close_payment", ref)] == ["closed", "closed"]
    assert step("open_payment", ref) == "payment_refused"
    assert till.payable() == []
    assert len(till.known()) == 1


def test_a_payment_that_was_closed_first_gets_no_page(till: Till) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    assert step("close_payment", ref) == "closed"
    assert step("open_payment", ref) == "payment_refused"
    assert step("close_payment", ref) == "closed"
    assert till.known() == []


def test_an_order_that_was_refused_first_is_never_placed(machine: WaitingMachine, till: Till) -> None:
    ref = a_paid_checkout(machine, till)

    assert step("refuse_order", ref) == "refused"
    assert step("place_order", ref) == "refused"
    assert step("refuse_order", ref) == "refused"
    assert the_order(ref) is None


def test_the_cart_comes_back_whatever_was_done(aws: Account) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    assert [undone(ref), undone(ref)] == ["closed", "closed"]
    assert cart_status(ref) == "open"
    carts.add_line(ref.owner, as_it_is(ref).cart_id, sku=COFFEE, quantity=1)


def test_an_undone_checkout_does_not_touch_a_cart_that_is_in_another_one(aws: Account) -> None:
    cart = a_two_vendor_cart()
    first = the_ref(a_checkout(cart))
    undone(first)
    second = a_checkout(carts.get(cart.owner_id, cart.cart_id))

    undone(first)

    assert carts.get(cart.owner_id, cart.cart_id).checkout_id == second.checkout_id


def test_the_chain_from_what_is_stored_runs_as_the_workflow_declares_it(aws: Account) -> None:
    declared = [undo.step.name for undo in workflow.undo_chain()]
    by_hand, from_storage = (the_ref(a_checkout(with_lines=1)) for _ in range(2))

    with recording(aws.dynamodb) as declared_calls:
        for name in declared:
            step(name, by_hand)
    with recording(aws.dynamodb) as stored_calls:
        service.give_back(from_storage)

    assert declared == list(UNDO_CHAIN)
    assert stored_calls.operations == declared_calls.operations
    assert places(stored_calls, from_storage) == places(declared_calls, by_hand)


def places(calls: Calls, ref: CheckoutRef) -> list[str]:
    """What was asked, with the checkout's own ids taken out."""
    names = (ref.checkout_id.partition("_")[2], ref.owner.partition("_")[2])
    asked = [str(call.params.get("Key", "")) for call in calls.sent]
    return [text.replace(names[0], "*").replace(names[1], "*") for text in asked]


# Refusals


def test_what_is_lacking_is_told_and_everything_comes_back(aws: Account) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart(left=1)))

    assert step("reserve_stock", ref) == "out_of_stock"
    assert undone(ref) == "closed"

    ended = as_it_is(ref)
    assert (ended.status, ended.shortages, ended.gsi1pk) == ("out_of_stock", [COFFEE], None)
    assert (left_of(COFFEE), left_of(GABI), cart_status(ref)) == (1, 1, "open")


def test_a_refused_page_gives_everything_back(till: Till) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))
    till.fail("initialize", "refuse")
    step("reserve_stock", ref)

    assert step("open_payment", ref) == "payment_refused"
    assert undone(ref) == "closed"

    assert (as_it_is(ref).status, left_of(COFFEE), cart_status(ref)) == ("payment_refused", 3, "open")


def test_a_checkout_that_nobody_paid_has_expired(
    machine: WaitingMachine, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAY_WITHIN_SECONDS", "0")
    ref = an_awaited_payment(machine)

    assert undone(ref) == "closed"

    assert (as_it_is(ref).status, left_of(COFFEE), cart_status(ref)) == ("expired", 3, "open")
    assert till.payable() == []
    assert as_it_is(ref).expires_at is not None


def test_a_deadline_that_passed_before_the_page_was_there_is_no_refusal(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAY_WITHIN_SECONDS", "0")
    ref = the_ref(a_checkout(a_two_vendor_cart()))
    payments.close(as_it_is(ref).payment_id)

    assert step("open_payment", ref) == "payment_refused"
    undone(ref)

    assert as_it_is(ref).status == "expired"


def test_a_checkout_that_broke_before_its_deadline_has_failed(aws: Account) -> None:
    ref = the_ref(a_checkout(a_two_vendor_cart()))

    undone(ref)

    assert as_it_is(ref).status == "failed"


def test_the_page_is_made_out_to_who_pays_not_to_who_gets_the_goods(machine: WaitingMachine, till: Till) -> None:
    payer = an_address(name="Selam Bekele", phone="+251922334455")
    checkout = a_checkout(a_two_vendor_cart(), buyer=a_buyer(billing_address=payer, phone="+251933445566"))
    step("reserve_stock", the_ref(checkout))

    step("open_payment", the_ref(checkout))

    (known,) = till.known()
    assert (known["first_name"], known["phone_number"]) == ("Selam", "0933445566")
