"""Is whoever reads a checkout told how far money is that goes back, for one call more where there is any?"""

from typing import Any

from chalicelib.checkout import reactions, store
from chalicelib.checkout.service import CheckoutRef
from chalicelib.core import tokens
from chalicelib.core.storage import transactions
from chalicelib.payments import service as payments
from chalicelib.payments.rules import RefundProof, RefundReason
from chalicelib.payments.service import Refund, refund_id_for, refund_moves
from tests.checkout.builders import an_awaited_payment, reference_of, verify
from tests.checkout.calling import client
from tests.payments.refund_builders import brings
from tests.support.account import Account
from tests.support.builders import a_cart, a_guests_token, as_it_is
from tests.support.calling import Response
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine
from tests.support.recorded_calls import recording

BIRR = {"amount": 100, "currency": "ETB"}
SHORT = {"amount": 1}
MONEY_OF_A_LIVE_SHOP = {"mode": "live"}


def money_put_aside(machine: WaitingMachine, till: Till, recorded: dict[str, Any]) -> tuple[CheckoutRef, Refund]:
    """A checkout whose money came otherwise than it was asked for."""
    ref = an_awaited_payment(machine)
    till.pay(reference_of(ref))
    till.switch(no_callback=True, verify_fields=recorded)
    verify(ref)
    return ref, the_refund(ref)


def the_refund(ref: CheckoutRef) -> Refund:
    return payments.get_refund(refund_id_for(reference_of(ref), RefundReason.NOT_AS_ASKED))


def read(ref: CheckoutRef, **headers: str) -> Response:
    token = tokens.guest_token(as_it_is(ref).cart_id)
    return client(token).get(f"/checkouts/{ref.checkout_id}", **headers)


def told(ref: CheckoutRef) -> list[tuple[dict[str, Any], str]]:
    return [(each["amount"], each["status"]) for each in read(ref).json["payment"]["refunds"]]


def hears(refund: Refund) -> None:
    """Bring checkouts the news of a refund, as their queue does: more than once."""
    assert refund.event is not None
    for _ in range(2):
        brings(reactions.checkout_payments, refund.event)


def test_a_refund_is_told_until_the_money_is_there(machine: WaitingMachine, till: Till) -> None:
    ref, refund = money_put_aside(machine, till, SHORT)
    assert told(ref) == []

    hears(refund)
    assert told(ref) == [(BIRR, "requested")]
    refund_moves.asked(the_refund(ref))
    assert told(ref) == [(BIRR, "asked")]
    refund_moves.complete(the_refund(ref), confirmed_by=RefundProof.RECORD)
    hears(the_refund(ref))

    (done,) = read(ref).json["payment"]["refunds"]
    assert done == {
        "amount": BIRR,
        "status": "done",
        "requested_at": refund.requested_at,
        "done_at": the_refund(ref).done_at,
    }


def test_what_is_put_aside_is_told_when_people_have_paid_it_back(machine: WaitingMachine, till: Till) -> None:
    ref, refund = money_put_aside(machine, till, MONEY_OF_A_LIVE_SHOP)
    assert (refund.status, refund.event) == ("needs_attention", None)

    hears(payments.close_refund_by_hand(refund.refund_id, note="By bank transfer.", by="usr_STAFF"))

    assert told(ref) == [(refund.amount.as_wire(), "done")]


def test_each_move_of_a_refund_makes_another_answer(machine: WaitingMachine, till: Till) -> None:
    ref, refund = money_put_aside(machine, till, SHORT)
    hears(refund)
    tag = read(ref).headers["etag"]
    assert read(ref, if_none_match=tag).status == 304

    refund_moves.asked(the_refund(ref))

    assert read(ref, if_none_match=tag).status == 200


def test_only_a_checkout_with_a_refund_costs_a_call_more(machine: WaitingMachine, till: Till, aws: Account) -> None:
    ref, refund = money_put_aside(machine, till, SHORT)

    with recording(aws.dynamodb) as before:
        read(ref)
    hears(refund)
    with recording(aws.dynamodb) as after:
        read(ref)

    assert after.operations == [*before.operations, "BatchGetItem"]


def test_nobody_else_is_told_of_it(machine: WaitingMachine, till: Till) -> None:
    ref, refund = money_put_aside(machine, till, SHORT)
    hears(refund)

    other = client(a_guests_token(a_cart())).get(f"/checkouts/{ref.checkout_id}")

    assert (other.status, other.code) == (404, "checkout_not_found")


def test_news_of_a_refund_of_a_forgotten_checkout_is_no_trouble(machine: WaitingMachine, till: Till) -> None:
    ref, refund = money_put_aside(machine, till, SHORT)
    with transactions.write() as work:
        work.delete(as_it_is(ref))

    hears(refund)

    assert store.find_checkout(ref.owner, ref.checkout_id) is None
