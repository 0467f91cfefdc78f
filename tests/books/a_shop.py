"""Which shop do the tests of the books begin with? One in which everything has happened, through its own services."""

import json
from dataclasses import replace
from functools import partial

from chalicelib.addresses import service as addresses
from chalicelib.addresses.rules import Place
from chalicelib.addresses.schemas import AddressChange
from chalicelib.carts import service as carts
from chalicelib.catalog import service as catalog
from chalicelib.catalog.models import Product
from chalicelib.catalog.rules import Seller
from chalicelib.catalog.schemas import ProductChange, VariantDraft
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
from chalicelib.pictures import service as pictures
from chalicelib.pictures.enums import PictureStatus, PictureType, RefusalReason
from chalicelib.pictures.schemas import PictureDraft
from chalicelib.pictures.service import processing
from chalicelib.users import service as users
from chalicelib.users.enums import Permission, Role
from chalicelib.users.models import Challenge
from chalicelib.vendors import service as vendors
from chalicelib.vendors.rules import Business
from infra.local.chapa import ChapaSimulator
from tests.addresses.builders import HANA, an_address
from tests.books.some_promotions import promotions_happen
from tests.catalog.builders import VENDOR, a_category, a_product, a_variant, a_vendor
from tests.simulators.support import call

COFFEE, DARK, GABI = "COFFEE-250G", "COFFEE-DARK", "GABI-WHITE"
PROPOSED = ("WAITING-ONE", "APPROVED-ONE", "REFUSED-ONE", "TAKEN-BACK", "DELETED-ONE", "CHANGED-ONE")
PASSWORD = "seven red baskets in Harar"
ADDRESS = Place(name="Hana", phone="+251911223344", line1="Bole 1", city="Addis Ababa", country="ET")
BUYER = Buyer("hana@coffee.example", "am", ADDRESS, "https://storefront.test/thanks")
LOST_ANSWER = {"answers": {"initialize": {"kind": "drop", "times": 1}}}
WRONG_AMOUNT = {"verify_fields": {"amount": 1}}


def everything_happens(chapa: ChapaSimulator) -> None:
    """Fill the table: goods, people, carts of every status, and checkouts that ended in every way."""
    coffee, gabi = _goods()
    _people()
    _addresses()
    ordered = _place(_paid(_begun(COFFEE, GABI), chapa), is_booked=True)
    _place(_paid(_begun(COFFEE), chapa), is_booked=False)
    waiting = _awaiting()
    checkout.give_back(refused := _begun(GABI, units=999))
    _given_up(_opened(_begun(DARK)))
    promotions_happen(ordered, waiting, refused)
    _captured_in_vain(chapa)
    _late_money_buys(chapa)
    _paid_twice(chapa)
    _paid_wrongly(chapa)
    _applications()
    _levels(coffee.product_id, gabi.product_id)
    _traces()


def _goods() -> tuple[Product, Product]:
    a_vendor()
    a_vendor("ven_DORZE")
    a_category("coffee")
    a_category("weaving")
    coffee = a_product(variants=[a_variant(COFFEE, price=350), a_variant(DARK, price=333.33)])
    gabi = a_product(
        vendor_id="ven_DORZE", category_ids=["weaving"], variants=[a_variant(GABI, price=1999, barcode="4006381333931")]
    )
    draft = a_product(status="draft", variants=[a_variant("DRAFT-ONE")])
    for product, sku, units in ((coffee, COFFEE, 50), (coffee, DARK, 20), (gabi, GABI, 7)):
        inventory.receive(product.product_id, sku, units, note="delivery 1", by="usr_KEEPER")
    _pictures(coffee.product_id)
    for product in (_withdrawn(coffee), gabi, draft):
        catalog.refresh_cards(product.product_id)
    _proposals()
    return coffee, gabi


def _pictures(product_id: str) -> None:
    """Pictures of each state, and one that was deleted and whose files are about to go."""
    draft = PictureDraft(content_type=PictureType.JPEG, alt={"en": "A cup"})
    asked = [pictures.request_upload(product_id, draft, limited_to=None).picture for _ in range(5)]
    ready, too, refused, deleted, _ = asked
    sizes = {"width": 640, "height": 480, "widths": (320, 640), "digest": "cafe"}
    for picture in (ready, too, deleted):
        processing.settle(product_id, replace(picture, status=PictureStatus.READY, **sizes))
    reason = RefusalReason.EMPTY
    processing.settle(product_id, replace(refused, status=PictureStatus.REFUSED, reason=reason, digest="e3b0"))
    pictures.remove(product_id, deleted.id, limited_to=None, if_version=None)


def _proposals() -> None:
    """What a vendor asked staff about its products, and everything that came of it."""
    hana = Seller("usr_HANA", VENDOR)
    asked = {sku: a_product(status="in_review", variants=[a_variant(sku)]).product_id for sku in PROPOSED}
    waiting, approved, refused, withdrawn, deleted, changed = asked.values()
    catalog.refuse(refused, reasons=["The title shouts."], by="usr_KEEPER", if_version=None)
    catalog.withdraw(withdrawn, seller=hana, if_version=None)
    catalog.delete_product(deleted, seller=hana, if_version=None)
    for product_id in (approved, changed):
        catalog.approve(product_id, by="usr_KEEPER", if_version=None)
    other_words = ProductChange(title={"en": "The best coffee"})
    catalog.change_product(changed, other_words, seller=hana, if_version=None)
    for product_id in (waiting, approved, refused, withdrawn, deleted, changed):
        catalog.refresh_cards(product_id)


def _withdrawn(product: Product) -> Product:
    """Add a variant and take it off sale again."""
    kept = [a_variant(each.sku, price=each.price.minor / 100) for each in product.details.variants]
    for variants in ([*kept, a_variant("COFFEE-OLD")], kept):
        drafts = [VariantDraft.model_validate_json(json.dumps(each)) for each in variants]
        product = catalog.change_product(product.product_id, ProductChange(variants=drafts), if_version=None).product
    return product


def _people() -> None:
    """A customer who signed in, and whose guest's cart went into their own."""
    hana = users.contact_of("hana@coffee.example", None)
    user_id = users.register(hana, password=PASSWORD, name="Hana", locale="am")
    users.sign_in(hana, PASSWORD, users.Device())
    users.begin_second_factor(user_id)
    for asked in (users.ask_for_contact(user_id, users.contact_of(None, "0911223344")), _sign_up("dawit")):
        message = users.outgoing(asked.challenge_id)
        assert message is not None
        if asked.user_id:
            users.confirm_contact(user_id, asked.challenge_id, message.code)
        else:
            users.confirm_sign_up(asked.challenge_id, message.code)
    _keeper()
    _sign_up("who-never-answers")
    guest = carts.open_cart(None, None)
    carts.add_line(guest.cart.cart_id, guest.cart.cart_id, sku=COFFEE, quantity=2)
    carts.open_cart(user_id, guest.token)
    carts.open_cart(None, None)


def _keeper() -> None:
    """An admin, and somebody who keeps the stock."""
    admin_id, keeper_id = (
        users.register(users.contact_of(f"{name}@shop.example", None), password=PASSWORD, name=name, locale="en")
        for name in ("owner", "keeper")
    )
    users.make_admin(users.contact_of("owner@shop.example", None))
    users.grant(keeper_id, roles=[Role.STAFF], permissions=[Permission.STOCK_MANAGE], actor_id=admin_id)


def _sign_up(name: str) -> Challenge:
    contact = users.contact_of(f"{name}@coffee.example", None)
    return users.sign_up(contact, password=PASSWORD, name=name, locale="en")


def _applications() -> None:
    """Applications of every state, each of somebody else."""
    business = Business("Weavers", {"am": "ሸማኔዎች"}, "weavers@example.com", "+251911223344", "Gabi, woven by hand.")
    made = []
    for number in range(4):
        contact = users.contact_of(f"weaver-{number}@coffee.example", None)
        applicant_id = users.register(contact, password=PASSWORD, name="Weaver", locale="am")
        made.append(vendors.apply(applicant_id, business))
    vendors.withdraw(made[0].applicant_id, made[0].application_id)
    vendors.reject(made[1].application_id, reasons=["The licence has expired."], by="usr_KEEPER")
    vendors.approve(made[2].application_id, by="usr_KEEPER")


def _addresses() -> None:
    """Some addresses of one user, one of them for each use, after one was deleted."""
    home = an_address()
    an_address()
    an_address(is_default_billing=True)
    addresses.remove(HANA, an_address().id)
    addresses.change(HANA, home.id, AddressChange(city="Adama"))


def _begun(*skus: str, units: int = 2) -> CheckoutRef:
    """Begin to buy some units of each SKU as a guest, and reserve them as far as they go."""
    cart = carts.open_cart(None, None).cart
    for sku in skus:
        carts.add_line(cart.owner_id, cart.cart_id, sku=sku, quantity=units)
    begun = checkout.begin(cart.owner_id, cart.cart_id, BUYER, accepted_total=None)
    ref = CheckoutRef(begun.checkout_id, begun.owner, attempt=1)
    checkout.reserve_stock(ref)
    return ref


def _opened(ref: CheckoutRef) -> CheckoutRef:
    checkout.open_payment(ref)
    return ref


def _awaiting() -> CheckoutRef:
    ref = _opened(_begun(COFFEE, GABI, units=1))
    payments.await_outcome(_checkout(ref).payment_id, "the token of an execution")
    return ref


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
    ref = _begun(COFFEE)
    _misbehave_next(WRONG_AMOUNT, chapa)
    _paid(ref, chapa)
    _given_up(ref)


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


def _traces() -> None:
    """What the plumbing leaves: a request's reply, an event that was handled, and a mail that was sent."""
    later = clock.epoch_seconds() + settings.idempotency_kept_seconds
    with transactions.write() as work:
        claim = {"claim_id": "clm_1", "fingerprint": "f", "lease_until": later, "expires_at": later}
        work.create(StoredReply.at(keys.idempotency("scope"), **claim))
        work.create(Marker.at(keys.marker("consumer", "evt_1"), expires_at=later))
        work.create(Delivery.at(keys.delivery("message"), lease_until=later, expires_at=later))
