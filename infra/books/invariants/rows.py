"""Is every row readable, in its place, of a known shape, and free of what must not lie there?"""

import re
from collections.abc import Callable
from typing import Any

from chalicelib.addresses.models import Address, AddressBook
from chalicelib.carts.models import Cart, LastPurchase, LastReminder, RecoveryCount, Reminder, SentReminder
from chalicelib.catalog.models import Listing, Product, Variant
from chalicelib.checkout.models import Checkout, FrozenQuote
from chalicelib.core.audit import AuditNote
from chalicelib.core.events.consuming import Marker
from chalicelib.core.http.idempotency import StoredReply
from chalicelib.core.storage import keys, list_keys, promotion_keys, refund_keys, reminder_keys
from chalicelib.core.storage.connection import INDEXES
from chalicelib.core.storage.key import Key
from chalicelib.core.storage.table import Item
from chalicelib.core.throttles import Throttle
from chalicelib.inventory.models import Movement, Stock, StockWatch
from chalicelib.notifications.models import Delivery
from chalicelib.orders.models import Order, SubOrder
from chalicelib.payments.models import Payment, PaymentAttempt, Refund, RefundEntry, RefundTask, WaitingTask, Webhook
from chalicelib.payments.rules import RefundStatus
from chalicelib.pictures.models import Gallery, Upload
from chalicelib.promotions.models import Coupon, CouponBatch, CustomerUses, Promotion, PromotionHold, PromotionUses
from chalicelib.users.models import RefreshToken, Session
from chalicelib.vendors.models import VendorApplication, VendorApplicationEntry
from chalicelib.vendors.rules import ApplicationStatus
from infra.books.ledger import Books, Troubles

_PASSING: tuple[type[Item], ...] = (
    StoredReply,
    AuditNote,
    Marker,
    Delivery,
    RefreshToken,
    Session,
    Webhook,
    Cart,
    LastPurchase,
    LastReminder,
    SentReminder,
    FrozenQuote,
    WaitingTask,
    RefundTask,
    Throttle,
)
_INDEXED: dict[tuple[type[Item], str], frozenset[str]] = {
    (Checkout, "gsi1"): frozenset({keys.CHECKOUTS_DUE}),
    (Reminder, "gsi1"): frozenset({reminder_keys.REMINDERS_DUE}),
    (Listing, "gsi1"): frozenset({list_keys.LISTINGS_DUE}),
    (Upload, "gsi1"): frozenset({keys.UPLOADS_DUE}),
    (Payment, "gsi1"): frozenset({keys.PAYMENTS_TO_COLLECT}),
    (PaymentAttempt, "gsi2"): frozenset({keys.ATTEMPTS_UNSETTLED}),
    (RefundEntry, "gsi1"): frozenset(map(refund_keys.refunds_in, RefundStatus)),
    (RefundEntry, "gsi2"): frozenset({refund_keys.REFUNDS_UNSETTLED}),
    (VendorApplicationEntry, "gsi1"): frozenset(map(keys.vendor_applications, ApplicationStatus)),
}
_PLACES: dict[type[Item], Callable[[Any], Key]] = {
    Address: lambda each: keys.address(each.user_id, each.address_id),
    AddressBook: lambda each: keys.address_book(each.user_id),
    Cart: lambda each: keys.cart(each.owner_id, each.cart_id),
    Checkout: lambda each: keys.checkout(each.owner, each.checkout_id),
    Coupon: lambda each: promotion_keys.coupon(each.code),
    CouponBatch: lambda each: promotion_keys.coupon_batch(each.promotion_id, each.batch_id),
    CustomerUses: lambda each: promotion_keys.customer_uses(each.subject, each.promotion_id),
    Listing: lambda each: list_keys.listing(each.product_id),
    Gallery: lambda each: keys.gallery(each.product_id),
    Movement: lambda each: keys.movement(each.product_id, each.movement_id),
    Order: lambda each: keys.order(each.owner, each.order_id),
    Payment: lambda each: keys.payment(each.payment_id),
    PaymentAttempt: lambda each: keys.payment_attempt(each.tx_ref),
    Product: lambda each: keys.product(each.product_id),
    Refund: lambda each: refund_keys.refund(each.refund_id),
    RefundEntry: lambda each: refund_keys.refund_entry(each.refund_id),
    Promotion: lambda each: promotion_keys.promotion(each.promotion_id),
    PromotionHold: lambda each: promotion_keys.promotion_hold(each.reservation_id),
    PromotionUses: lambda each: promotion_keys.promotion_uses(each.promotion_id),
    RecoveryCount: lambda each: reminder_keys.recovery_count(each.month, each.currency),
    Reminder: lambda each: reminder_keys.reminder(each.cart_id),
    SentReminder: lambda each: reminder_keys.sent_reminder(each.cart_id, each.number),
    Stock: lambda each: keys.stock(each.product_id, each.sku),
    StockWatch: lambda each: keys.stock_watch(each.product_id, each.sku),
    SubOrder: lambda each: keys.sub_order(each.vendor_id, each.order_id),
    VendorApplication: lambda each: keys.vendor_application(each.applicant_id, each.application_id),
    VendorApplicationEntry: lambda each: keys.vendor_application_entry(each.application_id),
    Upload: lambda each: keys.picture_upload(each.picture_id),
    Variant: lambda each: keys.variant(each.sku),
}
_SECRET_NAMES = re.compile(r"token|secret|password|credential|event|headers|body")
# A JWT, an argon2 hash, and keys of Chapa.
_SECRET_SHAPES = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]+|\$argon2|\bCHA(?:SEC|PUB)K")


def rows_can_be_read(books: Books) -> Troubles:
    """The shop knows every row's kind and understands all that is in it."""
    for row in books.rows:
        if row.item is None:
            yield row.key, row.problem


def rows_lie_under_their_keys(books: Books) -> Troubles:
    """A row's key is made of what the row says of itself."""
    for row in books.rows:
        place = _PLACES.get(type(row.item)) if row.item else None
        if place is not None and place(row.item) != row.key:
            yield row.key, f"belongs under {' '.join(place(row.item))}"


def rows_name_their_schema(books: Books) -> Troubles:
    """Migrations can tell the shape of every row."""
    for row in books.rows:
        if "schema_version" not in row.raw:
            yield row.key, "has no schema_version"


def passing_things_expire(books: Books) -> Troubles:
    """What is kept for a while only goes away by itself."""
    for row in books.rows:
        if isinstance(row.item, _PASSING) and row.item.expires_at is None:
            yield row.key, "is kept for ever"


def indexes_are_sparse(books: Books) -> Troubles:
    """Only what somebody must look at carries an index key, and then both halves of the right one."""
    for row in books.rows:
        for index in INDEXES:
            partition, rank = (row.raw.get(f"{index}{half}", {}).get("S") for half in ("pk", "sk"))
            allowed = _allowed(row.item, index)
            if partition is None and rank is None:
                continue
            if partition is None or rank is None or partition not in allowed:
                yield row.key, f"{index} is {partition} {rank}, allowed is {', '.join(sorted(allowed)) or None}"


def _allowed(item: Item | None, index: str) -> frozenset[str]:
    if isinstance(item, Coupon) and index == "gsi1":
        return frozenset({promotion_keys.coupons_of(item.batch_id or item.promotion_id)})
    return _INDEXED.get((type(item), index), frozenset()) if item else frozenset()


def indexed_rows_hold_no_secrets(books: Books) -> Troubles:
    """What an index copies holds no token, no stored reply and no event."""
    for row in books.rows:
        if any(f"{index}pk" in row.raw for index in INDEXES):
            names = {name for name, value in row.raw.items() if _is_secret(name, value)}
            if names:
                yield row.key, f"copies {', '.join(sorted(names))} into an index"


def _is_secret(name: str, value: dict[str, Any]) -> bool:
    return bool(_SECRET_NAMES.search(name)) or bool(_SECRET_SHAPES.search(str(value.get("S", ""))))
