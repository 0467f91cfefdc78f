"""What becomes of a purchase that no money has to come for first: cash on delivery, or nothing to pay?"""

import pytest

from chalicelib.carts.models import Cart
from chalicelib.checkout.service import CheckoutRef
from chalicelib.payments import service as payments
from chalicelib.payments.rules import PaymentMethod
from tests.checkout.builders import a_two_vendor_cart, cart_status, payment_of, reservation, the_order
from tests.checkout.calling import begun, ref_of
from tests.support.account import Account
from tests.support.builders import COFFEE, a_buyer, a_cart, a_checkout, a_variant, as_it_is, birr, left_of, the_ref
from tests.support.chapa import Till
from tests.support.machine import WaitingMachine, step, undone
from tests.support.recorded_calls import recording

CASH = {"payment_method": "cash_on_delivery"}


@pytest.fixture
def takes_cash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the shop take cash on delivery, up to 5,000 birr."""
    monkeypatch.setenv("CASH_ON_DELIVERY_LIMITS", "ETB:500000")


def to_be_paid_on_delivery() -> CheckoutRef:
    return the_ref(a_checkout(a_two_vendor_cart(), buyer=a_buyer(payment_method=PaymentMethod.CASH_ON_DELIVERY)))


def for_nothing(monkeypatch: pytest.MonkeyPatch) -> Cart:
    """A cart whose goods are given away."""
    monkeypatch.setenv("SHIPPING_FLAT_MINOR", "0")
    a_variant(COFFEE, price=birr(0), left=3)
    return a_cart(of=[COFFEE])


def test_an_order_is_placed_before_the_cash_comes(takes_cash: None, till: Till) -> None:
    ref = to_be_paid_on_delivery()

    assert [step("reserve_stock", ref), step("open_payment", ref), step("place_order", ref)] == [
        "reserved",
        "settled",
        "placed",
    ]

    assert (as_it_is(ref).status, cart_status(ref), reservation(ref)) == ("completed", "converted", "spent")
    assert (payment_of(ref).status, left_of(COFFEE)) == ("to_collect", 1)
    assert the_order(ref) is not None
    assert [each.payment_id for each in payments.payments_to_collect(after=None, limit=10).items] == [
        as_it_is(ref).payment_id
    ]
    assert till.calls() == []


def test_a_purchase_of_nothing_is_an_order_without_a_provider(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = the_ref(a_checkout(for_nothing(monkeypatch)))

    assert [step(name, ref) for name in ("reserve_stock", "open_payment", "place_order")] == [
        "reserved",
        "settled",
        "placed",
    ]

    assert (payment_of(ref).method, payment_of(ref).status) == ("nothing_due", "used")
    assert payments.payments_to_collect(after=None, limit=10).items == []
    assert till.calls() == []


def test_nothing_is_due_where_no_cash_is_taken(machine: WaitingMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    cart = for_nothing(monkeypatch)

    ref = ref_of(begun(cart, **CASH), cart)

    assert payment_of(ref).method == "nothing_due"


@pytest.mark.parametrize("done", range(3))
def test_a_purchase_on_delivery_comes_back_whatever_was_done(takes_cash: None, aws: Account, done: int) -> None:
    ref = to_be_paid_on_delivery()
    for name in ("reserve_stock", "open_payment")[:done]:
        step(name, ref)

    assert [undone(ref), undone(ref)] == ["closed", "closed"]

    assert (payment_of(ref).status, left_of(COFFEE), cart_status(ref)) == ("closed", 3, "open")
    assert step("open_payment", ref) == "payment_refused"
    assert step("place_order", ref) == "refused"
    assert (the_order(ref), payment_of(ref).status) == (None, "closed")


def test_an_order_on_delivery_whose_answer_was_lost_stays(takes_cash: None, aws: Account) -> None:
    ref = to_be_paid_on_delivery()
    for name in ("reserve_stock", "open_payment", "place_order"):
        step(name, ref)

    assert undone(ref) == "already_placed"
    for name in ("close_payment", "release_stock", "reopen_cart"):
        step(name, ref)
    assert [step("open_payment", ref), step("place_order", ref)] == ["settled", "placed"]

    assert (payment_of(ref).status, reservation(ref), left_of(COFFEE)) == ("to_collect", "spent", 1)


def test_no_order_is_placed_before_it_is_agreed(takes_cash: None, aws: Account) -> None:
    ref = to_be_paid_on_delivery()
    step("reserve_stock", ref)

    assert step("place_order", ref) == "refused"


def test_whoever_waits_for_it_by_mistake_is_woken_at_once(takes_cash: None, machine: WaitingMachine) -> None:
    ref = ref_of(begun(cart := a_two_vendor_cart(), **CASH), cart)
    step("open_payment", ref)

    step("await_payment", ref, task_token=machine.token(ref))

    assert machine.resumed_with(ref) == "paid"


def test_agreeing_costs_one_write(takes_cash: None, aws: Account) -> None:
    ref = to_be_paid_on_delivery()

    with recording(aws.dynamodb) as calls:
        step("open_payment", ref)

    assert calls.operations == ["GetItem", "GetItem", "PutItem"]


# Who may


def test_a_shopper_chooses_to_pay_on_delivery(takes_cash: None, machine: WaitingMachine) -> None:
    answer = begun(a_two_vendor_cart(), **CASH)

    assert answer.status == 202
    assert answer.json["payment"]["method"] == "cash_on_delivery"
    assert answer.json["payment"]["checkout_url"] is None


@pytest.mark.parametrize("setting", [{}, {"CASH_ON_DELIVERY_LIMITS": "ETB:281749"}, {"CASH_ON_DELIVERY_PLACES": "KE"}])
def test_it_is_refused_where_the_shop_does_not_take_it(
    machine: WaitingMachine, monkeypatch: pytest.MonkeyPatch, setting: dict[str, str]
) -> None:
    monkeypatch.setenv("CASH_ON_DELIVERY_LIMITS", "ETB:281750" if setting else "")
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    cart = a_two_vendor_cart()

    answer = begun(cart, **CASH)

    assert (answer.status, answer.code) == (409, "payment_method_unavailable")
    assert begun(cart, key="by-chapa-then").status == 202


def test_a_shopper_does_not_choose_to_pay_nothing(machine: WaitingMachine) -> None:
    answer = begun(a_two_vendor_cart(), payment_method="nothing_due")

    assert answer.status == 422
