"""Can a cart that is as large as it may be become an order? Every row that is made of it has room for it."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from chalicelib.addresses.rules import Place
from chalicelib.addresses.schemas import PlaceDraft
from chalicelib.carts import rules
from chalicelib.carts.models import Cart
from chalicelib.carts.rules import CartLine
from chalicelib.catalog.models import Variant
from chalicelib.catalog.rules import Offer
from chalicelib.checkout import service as checkouts
from chalicelib.checkout.service import CheckoutRef
from chalicelib.core import ids
from chalicelib.core.money import Money
from chalicelib.core.settings import settings
from chalicelib.core.storage import connection, keys, transactions
from chalicelib.core.storage.key import Key
from chalicelib.inventory.models import Stock
from chalicelib.notifications.service import order_mails
from chalicelib.orders import service as orders
from chalicelib.pricing.rules import APPLIED_LIMIT, Promotion, PromotionKind, Quote, QuoteLine, TaxClass, quote
from chalicelib.shipping.rules import Area, Method, MethodKind, Plan, Promise, Zone
from infra.local.mailbox.letters import letters_at
from tests.checkout.builders import an_awaited_payment, reference_of, verify
from tests.pricing.builders import the_terms
from tests.support.account import Account
from tests.support.builders import a_buyer, as_it_is
from tests.support.capacity import item_bytes
from tests.support.chapa import Till
from tests.support.longest import DEAREST_LETTER, LETTER, LOCALES
from tests.support.machine import WaitingMachine, step

ITEM_BYTES = 400 * 1024
# SES takes mails of 10 MB; base64 makes a third more of them.
MAIL_BYTES = 7_000_000
OWNER = "usr_almaz"
# The amounts and rates that a quote adds to a line, and what each promotion that applies adds.
ADDED_PER_LINE = 390
ADDED_PER_PROMOTION = 110
# Address, ids and totals, and what promotions and the way of delivery are called in each language.
ADDED_ONCE = 45_000
# What is left of an item when all that is in, for what may have to be stored with a line one day.
LEFT_PER_LINE = 150


def the_longest_address() -> Place:
    """An address that has no room for another letter, each of the kind that takes most room."""
    told = {"name": DEAREST_LETTER * 120, "phone": "+" + "9" * 20, "country": "DJ"}
    lines = dict.fromkeys(("line1", "line2", "city", "region", "postal_code"), DEAREST_LETTER * 200)
    return Place(**PlaceDraft.model_validate(told | lines).model_dump())


def the_fullest_cart(*, vendors: int) -> Cart:
    """As many lines as there may be, which take all the room that they may; their goods are on sale."""
    skus, size = settings.cart_skus_limit, settings.cart_size_limit_bytes
    lines = [a_line_of(size // skus - 1, f"{number:064}", vendor=number % vendors) for number in range(skus - 1)]
    lines.append(a_line_of(size - rules.stored_bytes_of(lines) - 1, "LAST", vendor=0))
    cart = Cart.at(keys.cart(OWNER, "crt_FULL"), cart_id="crt_FULL", owner_id=OWNER, lines=lines, expires_at=2**32)
    with transactions.write() as work:
        work.create(cart)
    for line in lines:
        put_on_sale(line)
    return cart


def a_line_of(size: int, sku: str, *, vendor: int = 0, price_minor: int = 100) -> CartLine:
    """A line that is stored in so many bytes."""

    def titled(title: str) -> CartLine:
        price = Money(price_minor, settings.shop_currency)
        return CartLine(sku, f"prd_{sku}", f"ven_{vendor:060}", {"am": title}, {"size": "L"}, price, 999, 1_000_000)

    taken = rules.stored_bytes_of([titled("")]) - len("[]")
    letters, rest = divmod(size - taken, len(LETTER.encode()))
    return titled(LETTER * letters + "x" * rest)


def put_on_sale(line: CartLine) -> None:
    variant = Variant.at(
        keys.variant(line.sku),
        sku=line.sku,
        product_id=line.product_id,
        vendor_id=line.vendor_id,
        title=line.title,
        options=line.options,
        price=line.unit_price,
        weight_grams=line.weight_grams,
        is_for_sale=True,
    )
    units = {"available": line.quantity, "on_hand": line.quantity}
    stock = Stock.at(keys.stock(line.product_id, line.sku), product_id=line.product_id, sku=line.sku, **units)
    with transactions.write() as work:
        work.replace(variant)
        work.replace(stock)


def an_order_of(cart: Cart, machine: WaitingMachine, till: Till) -> CheckoutRef:
    buyer = a_buyer(shipping_address=the_longest_address(), locale="am")
    checkout = checkouts.begin(cart.owner_id, cart.cart_id, buyer, accepted_total=None).checkout
    checkouts.ensure_started(checkout.owner, checkout.checkout_id, attempt=1)
    ref = an_awaited_payment(machine, CheckoutRef(checkout.checkout_id, checkout.owner, checkout.attempt))
    till.pay(reference_of(ref))
    verify(ref)
    assert step("place_order", ref) == "placed"
    return ref


def size_of(key: Key) -> int:
    return item_bytes(connection.table().get_item(key.pk, key.sk)["Item"])


def as_many_promotions_as_apply() -> list[Promotion]:
    """Promotions with the longest names that take something off every line, each with a long coupon."""
    names, off = dict.fromkeys(LOCALES, LETTER * 120), Decimal("1.25")
    told: dict[str, Any] = {"kind": PromotionKind.PERCENTAGE, "percent": off, "is_stackable": True, "code": "C" * 64}
    return [Promotion(id=ids.new("prm"), name=names, **told) for _ in range(APPLIED_LIMIT)]


def a_quote_of(lines: list[CartLine]) -> Quote:
    """Quote lines with every promotion that applies and delivery of the longest name and place."""
    texts = dict.fromkeys(LOCALES, LETTER * 120)
    method = Method("m" * 64, MethodKind.PICKUP, texts, charge=Money(99_999, "ETB"), promise=Promise(1, 9), place=texts)
    plan = Plan((Zone("everywhere", texts, (Area(),), (method,)),))
    terms = the_terms(*as_many_promotions_as_apply(), plan=plan)
    return quote(
        [line.priced(Offer(line.product_id, line.unit_price, TaxClass.STANDARD, line.weight_grams)) for line in lines],
        terms,
    )


def test_a_quote_adds_little_to_the_dearest_line() -> None:
    line = a_line_of(3_000, "COFFEE", price_minor=10_000_000_000)

    (quoted,) = a_quote_of([line]).lines

    most = 3_000 + ADDED_PER_LINE + APPLIED_LIMIT * ADDED_PER_PROMOTION
    assert len(quoted.discounts) == APPLIED_LIMIT
    assert len(TypeAdapter(QuoteLine).dump_json(quoted)) <= most


def test_what_is_added_to_the_fullest_cart_fits_beside_it_with_room_to_spare() -> None:
    skus, lines = settings.cart_skus_limit, settings.cart_size_limit_bytes

    each = ADDED_PER_LINE + APPLIED_LIMIT * ADDED_PER_PROMOTION + LEFT_PER_LINE
    assert lines + ADDED_ONCE + skus * each <= ITEM_BYTES


def test_the_fullest_cart_with_every_promotion_fits_beside_the_longest_address() -> None:
    skus, size = settings.cart_skus_limit, settings.cart_size_limit_bytes
    lines = [a_line_of(size // skus - 1, f"{number:064}", price_minor=10_000_000_000) for number in range(skus)]

    told = TypeAdapter(Quote).dump_json(a_quote_of(lines)) + TypeAdapter(Place).dump_json(the_longest_address())

    assert len(told) <= size + ADDED_ONCE + skus * (ADDED_PER_LINE + APPLIED_LIMIT * ADDED_PER_PROMOTION)


@pytest.mark.parametrize("vendors", [1, 20])
def test_the_fullest_cart_becomes_an_order_and_a_mail(
    machine: WaitingMachine, till: Till, aws: Account, vendors: int
) -> None:
    cart = the_fullest_cart(vendors=vendors)

    ref = an_order_of(cart, machine, till)
    order_id = orders.order_id_for(ref.checkout_id)
    order_mails.confirm_order(OWNER, order_id)

    most = settings.cart_size_limit_bytes + settings.cart_skus_limit * ADDED_PER_LINE + ADDED_ONCE
    made = [keys.cart(OWNER, cart.cart_id), keys.checkout_quote(OWNER, ref.checkout_id), keys.order(OWNER, order_id)]
    parts = [keys.sub_order(f"ven_{number:060}", order_id) for number in range(vendors)]
    assert rules.stored_bytes_of(cart.lines) == settings.cart_size_limit_bytes
    assert max(size_of(key) for key in [*made, *parts]) <= most
    [letter] = letters_at(aws.cloud.endpoint_url, account=aws.cloud.account)
    assert len(f"{letter.text}{letter.html}".encode()) < MAIL_BYTES
    assert as_it_is(ref).status == "completed"
