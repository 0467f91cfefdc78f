"""Which shop do the tests of the books begin with? One in which everything has happened, through its own services."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from chalicelib.addresses.rules import Place
from chalicelib.carts import service as carts
from chalicelib.carts.schemas import CartChange
from chalicelib.carts.service import reminding
from chalicelib.checkout import service as checkout
from chalicelib.checkout import store as checkouts
from chalicelib.checkout.models import Checkout
from chalicelib.checkout.service import Buyer, CheckoutRef
from chalicelib.core import clock
from chalicelib.core.events.consuming import Marker
from chalicelib.core.http.idempotency import StoredReply
from chalicelib.core.settings import settings
from chalicelib.core.storage import keys, transactions
from chalicelib.inventory import service as inventory
from chalicelib.notifications.models import Delivery
from chalicelib.orders import service as orders
from chalicelib.payments import service as payments
from chalicelib.payments.provider import ProviderUnavailable
from chalicelib.payments.rules import PaymentMethod
from infra.local.chapa import ChapaSimulator
from tests.books.a_shops_goods import COFFEE, DARK, GABI, goods_are_kept
from tests.books.a_shops_people import people_come
from tests.books.a_shops_terms import terms_are_made
from tests.books.going_back import money_goes_back
from tests.books.some_promotions import MESKEREM, coupons_are_given_out, promotions_happen
from tests.catalog.timing import later
from tests.simulators.support import call

PASSWORD = "seven red baskets in Harar"
ADDRESS = Place(name="Hana", phone="+251911223344", line1="Bole 1", city="Addis Ababa", country="ET")
BUYER = Buyer("hana@coffee.example", "am", ADDRESS, "https://storefront.test/thanks")
LOST_ANSWER = {"answers": {"initialize": {"kind": "drop", "times": 1}}}
TOO_MUCH = {"verify_fields": {"amount": 9_999}}
WRONG_AMOUNT = {"verify_fields": {"amount": 1}}


def everything_happens(chapa: ChapaSimulator) -> None:
    """Fill the table: goods, people, carts of every status, and checkouts that ended in every way."""
    coffee, gabi = goods_are_kept()
    people_come()
    limited = coupons_are_given_out()
    _place(_paid(_by_coupon(COFFEE, GABI, units=2), chapa), is_booked=True)
    _place(_paid(_begun(COFFEE), chapa), is_booked=False)
    _awaiting()
    checkout.give_back(_begun(GABI, units=999))
    _given_up(_opened(_begun(DARK)))
    _captured_in_vain(chapa)
    _late_money_buys(chapa)
    _paid_twice(chapa)
    _paid_wrongly(chapa)
    promotions_happen(limited)
    _paid_too_much(chapa)
    _paid_on_delivery()
    money_goes_back(chapa)
    _levels(coffee.product_id, gabi.product_id)
    terms_are_made()
    _left_carts(chapa)
    _traces()


def _begun(*skus: str, units: int = 2, buyer: Buyer = BUYER, codes: Sequence[str] = ()) -> CheckoutRef:
    """Begin to buy some units of each SKU as a guest, and reserve them as far as they go."""
    cart = carts.open_cart(None, None).cart
    for sku in skus:
        carts.add_line(cart.owner_id, cart.cart_id, sku=sku, quantity=units)
    if codes:
        carts.prepare(cart.owner_id, cart.cart_id, CartChange(coupon_codes=list(codes)))
    begun = checkout.begin(cart.owner_id, cart.cart_id, buyer, accepted_total=None).checkout
    ref = CheckoutRef(begun.checkout_id, begun.owner, attempt=1)
    checkout.reserve_stock(ref)
    return ref


def _by_coupon(*skus: str, units: int) -> CheckoutRef:
    """Begin to buy with a coupon that each customer may use once."""
    buyer = replace(BUYER, email=f"shopper-{'-'.join(skus)}-{units}@coffee.example")
    return _begun(*skus, units=units, buyer=buyer, codes=[MESKEREM])


def _opened(ref: CheckoutRef) -> CheckoutRef:
    checkout.open_payment(ref)
    return ref


def _awaiting() -> None:
    ref = _opened(_by_coupon(COFFEE, GABI, units=1))
    payments.await_outcome(_checkout(ref).payment_id, "the token of an execution")


def _paid(ref: CheckoutRef, chapa: ChapaSimulator) -> CheckoutRef:
    _opened(ref)
    _pay(_tx_refs(ref)[-1], chapa)
    return ref


def _place(ref: CheckoutRef, *, is_booked: bool) -> CheckoutRef:
    """Place a paid order; its sale is booked when the event has arrived."""
    checkout.place_order(ref)
    if is_booked:
        inventory.book_sale(ref.reservation_id, orders.order_id_for(ref.checkout_id))
    return ref


def _given_up(ref: CheckoutRef) -> None:
    checkout.cancel(ref.owner, ref.checkout_id)
    transactions.settled(partial(checkout.give_back, ref))


def _captured_in_vain(chapa: ChapaSimulator) -> None:
    """Money comes while the checkout is being closed, and the attempt that it gets comes to nothing."""
    ref = _opened(_begun(DARK))
    checkout.refuse_order(ref)
    _pay(_tx_refs(ref)[-1], chapa)
    checkout.give_back(ref)
    checkout.give_back(replace(ref, attempt=2))


def _late_money_buys(chapa: ChapaSimulator) -> None:
    """Money comes after the end, when the shopper has the cart back; another attempt makes it an order."""
    ref = _opened(_begun(DARK))
    _given_up(ref)
    _pay(_tx_refs(ref)[-1], chapa)
    checkout.revive(ref.owner, ref.checkout_id, _checkout(ref).payment_id)
    again = replace(ref, attempt=2)
    checkout.reserve_stock(again)
    _place(again, is_booked=False)


def _paid_twice(chapa: ChapaSimulator) -> None:
    """The address of the first page is lost on its way, and yet somebody pays there as well."""
    ref = _begun(DARK)
    _misbehave_next(LOST_ANSWER, chapa)
    try:
        checkout.open_payment(ref)
    except ProviderUnavailable:
        _paid(ref, chapa)
    _pay(_tx_refs(ref)[0], chapa)
    _place(ref, is_booked=False)


def _paid_wrongly(chapa: ChapaSimulator) -> None:
    ref = _by_coupon(COFFEE, units=2)
    _misbehave_next(WRONG_AMOUNT, chapa)
    _paid(ref, chapa)
    _given_up(ref)


def _paid_too_much(chapa: ChapaSimulator) -> None:
    """More comes than was asked for, once for goods and once for nothing."""
    ordered, given_up = (_begun(COFFEE, units=1) for _ in range(2))
    for ref in (ordered, given_up):
        _misbehave_next(TOO_MUCH, chapa)
        _paid(ref, chapa)
    _place(ordered, is_booked=True)
    _given_up(given_up)
    checkout.give_back(replace(given_up, attempt=2))


def _paid_on_delivery() -> None:
    """One order whose money was collected, one whose money comes with the goods, and one that was given up."""
    on_delivery = replace(BUYER, payment_method=PaymentMethod.CASH_ON_DELIVERY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASH_ON_DELIVERY_LIMITS", "ETB:1000000")
        refs = [_opened(_begun(COFFEE, units=1, buyer=on_delivery)) for _ in range(3)]
    collected, to_collect, given_up = refs
    for ref in (collected, to_collect):
        _place(ref, is_booked=True)
    due = _checkout(collected)
    payments.collect(due.payment_id, due.totals.total, by="usr_KEEPER")
    _given_up(given_up)


def _pay(tx_ref: str, chapa: ChapaSimulator) -> None:
    answer = call("POST", f"{chapa.url}/_simulator/transactions/{tx_ref}/pay", document={"force": True})
    assert answer.status == 200, answer.text
    payments.verify(tx_ref)


def _misbehave_next(switches: object, chapa: ChapaSimulator) -> None:
    answer = call("POST", f"{chapa.url}/_simulator/switches/next", document={"switches": switches})
    assert answer.status == 200, answer.text


def _tx_refs(ref: CheckoutRef) -> list[str]:
    return payments.get_payment(_checkout(ref).payment_id).tx_refs


def _checkout(ref: CheckoutRef) -> Checkout:
    return checkouts.get_checkout(ref.owner, ref.checkout_id)


def _levels(coffee_id: str, gabi_id: str) -> None:
    """Somebody has looked how far two SKUs have fallen; one has a threshold of its own."""
    inventory.set_low_at(gabi_id, GABI, 6, if_version=0)
    inventory.judge(coffee_id, COFFEE, moved=0)


def _left_carts(chapa: ChapaSimulator) -> None:
    """One that nobody was reminded of, one that somebody was twice, one three times, and one that was recovered."""
    _left(reminders=0)
    _left(reminders=2)
    _left(reminders=3)
    cart = _left(reminders=1)
    begun = checkout.begin(cart.owner_id, cart.cart_id, BUYER, accepted_total=None).checkout
    ref = CheckoutRef(begun.checkout_id, begun.owner, attempt=1)
    checkout.reserve_stock(ref)
    _place(_paid(ref, chapa), is_booked=True)
    order = orders.get_order(ref.owner, orders.order_id_for(ref.checkout_id))
    total = order.quote.total
    carts.note_purchase(
        cart.owner_id, cart.cart_id, carts.Purchased(order.order_id, total.minor, total.currency, order.placed_at)
    )


def _left(*, reminders: int) -> carts.Cart:
    """A guest's cart with a mail address that nobody has bought by, and so many reminders of it."""
    cart = carts.open_cart(None, None).cart
    carts.add_line(cart.owner_id, cart.cart_id, sku=COFFEE, quantity=1)
    carts.prepare(cart.owner_id, cart.cart_id, CartChange(email=f"left-{reminders}@coffee.example"))
    for hours in (1.1, 24.1, 72.1)[:reminders]:
        with later(hours * 3_600):
            reminding.look_after(cart.cart_id)
    return carts.get(cart.owner_id, cart.cart_id)


def _traces() -> None:
    """What the plumbing leaves: a request's reply, an event that was handled, and a mail that was sent."""
    later = clock.epoch_seconds() + settings.idempotency_kept_seconds
    with transactions.write() as work:
        claim = {"claim_id": "clm_1", "fingerprint": "f", "lease_until": later, "expires_at": later}
        work.create(StoredReply.at(keys.idempotency("scope"), **claim))
        work.create(Marker.at(keys.marker("consumer", "evt_1"), expires_at=later))
        work.create(Delivery.at(keys.delivery("message"), lease_until=later, expires_at=later))
