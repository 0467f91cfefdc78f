"""Holds each function to the partitions that it may write: who can make an admin, publish a key, take money?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.checkers.source import Finding, PythonFile, matches_any, python_files
from tests.architecture.key_shapes import FILES, partitions
from tests.architecture.policies import Principal, named_by, principals
from tests.architecture.template import read_template

VARIABLE = "TABLE_NAME"
WRITES = ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem")
# Other ways to the same rows, which nobody needs.
OTHER_WRITES = ("dynamodb:BatchWriteItem", *(f"dynamodb:PartiQL{verb}" for verb in ("Insert", "Update", "Delete")))
OF_NO_FAMILY = "NOBODY_KNOWS#1"


@dataclass(frozen=True)
class Family:
    """Partitions that the same functions may write, and no others."""

    partitions: tuple[str, ...]
    writers: tuple[str, ...]


APIS = tuple(
    f"functions/api/{name}"
    for name in (
        *("addresses", "carts", "catalog", "checkout", "inventory", "payments", "pictures", "pricing", "promotions"),
        *("shipping", "users", "vendors"),
    )
)
STEPS, SWEEP = "functions/workflows/checkout_steps", "functions/schedules/sweep_checkouts"
# What follows a cancellation is what the sweep does: it undoes a checkout whose execution is dead.
CHECKOUT = "functions/api/checkout"
PICTURES = ("functions/api/pictures", "functions/queues/process_pictures", "functions/schedules/sweep_pictures")
FAMILIES = {
    "accounts": Family(("USER#*",), ("functions/api/users", "functions/api/vendors")),
    "contacts, codes and tokens": Family(("EMAIL#*", "PHONE#*", "CHALLENGE#*", "REFRESH#*"), ("functions/api/users",)),
    "who holds which permission": Family(("PERMISSION#*",), ("functions/api/users",)),
    "signing keys": Family(("SIGNING_KEYS",), ("functions/api/users",)),
    "attempts": Family(("THROTTLE#*",), ("functions/api/users", "functions/api/carts")),
    "vendors": Family(("VENDORS#*", "VENDOR_APPLICATION#*"), ("functions/api/vendors",)),
    "the catalogue": Family(
        ("CATEGORIES", "COLLECTIONS", "PROPOSAL#*", "SKU#*", "BARCODE#*", "SLUG#*", "BRANDS#*", "PRODUCT_TYPES#*"),
        ("functions/api/catalog",),
    ),
    "lists of products": Family(
        ("LISTING#*", "CARDS#*"), ("functions/queues/catalog_cards", "functions/schedules/refresh_lists")
    ),
    "moved categories": Family(("RELISTING#*",), ("functions/api/catalog", "functions/queues/catalog_cards")),
    "that something is listed otherwise": Family(
        ("LIST_MARKS",),
        ("functions/api/catalog", "functions/queues/catalog_cards", "functions/schedules/refresh_lists"),
    ),
    "products with their pictures and stock": Family(
        ("PRODUCT#*",),
        (
            *("functions/api/catalog", "functions/api/inventory", "functions/queues/inventory_ledger"),
            *PICTURES,
            *(STEPS, SWEEP, CHECKOUT),
        ),
    ),
    "files of pictures": Family(("UPLOAD#*",), (*PICTURES, "functions/api/catalog")),
    "the ledger": Family(("LEDGER#*",), ("functions/api/inventory", "functions/queues/inventory_ledger")),
    "how far stock has fallen": Family(("STOCK_WATCH#*",), ("functions/api/inventory", "functions/queues/stock_watch")),
    "exchange rates": Family(("EXCHANGE_RATES",), ("functions/api/pricing", "functions/schedules/fetch_rates")),
    "tax rates": Family(("TAX_RATES",), ("functions/api/pricing",)),
    "the delivery plan": Family(("SHIPPING_PLAN",), ("functions/api/shipping",)),
    "reservations": Family(("RESERVATION#*",), (STEPS, SWEEP, CHECKOUT)),
    "promotions": Family(("PROMOTIONS#0",), ("functions/api/promotions",)),
    "uses of promotions": Family(("PROMOTION_USES#*",), ("functions/api/promotions", STEPS, SWEEP, CHECKOUT)),
    "coupons": Family(
        ("COUPON#*",), ("functions/api/promotions", "functions/queues/coupon_batches", STEPS, SWEEP, CHECKOUT)
    ),
    "batches of coupons": Family(
        ("COUPON_BATCHES#*",), ("functions/api/promotions", "functions/queues/coupon_batches")
    ),
    "uses of coupons": Family(("CUSTOMER_USES#*", "PROMOTION_HOLD#*"), (STEPS, SWEEP, CHECKOUT)),
    "what shoppers own": Family(
        ("OWNER#*",),
        (
            *("functions/api/addresses", "functions/api/carts", "functions/api/vendors"),
            *("functions/queues/checkout_payments", STEPS, SWEEP, CHECKOUT),
        ),
    ),
    "who is reminded of carts": Family(
        ("REMINDER#*",),
        (
            *("functions/api/carts", "functions/schedules/remind_of_carts", "functions/queues/cart_recoveries"),
            # A cart that comes back from a checkout is the first of it that knows its reader.
            *(STEPS, SWEEP, CHECKOUT),
        ),
    ),
    "who is to be left in peace": Family(
        ("REMINDED_READER#*",),
        ("functions/api/carts", "functions/schedules/remind_of_carts", "functions/queues/cart_recoveries"),
    ),
    "what reminders brought": Family(
        ("CART_RECOVERIES#*",), ("functions/schedules/remind_of_carts", "functions/queues/cart_recoveries")
    ),
    "orders": Family(("ORDER_NUMBER#*", "VENDOR_ORDERS#*"), (STEPS,)),
    "payments": Family(
        ("PAYMENT#*",),
        (
            *("functions/queues/payment_webhooks", "functions/queues/checkout_payments", "functions/api/payments"),
            *("functions/schedules/verify_payments", STEPS, SWEEP, CHECKOUT),
        ),
    ),
    "attempts to pay": Family(
        ("TX_REF#*",),
        (
            *("functions/queues/payment_webhooks", "functions/queues/checkout_payments", "functions/api/payments"),
            *("functions/schedules/verify_payments", STEPS, SWEEP, CHECKOUT),
        ),
    ),
    "money that goes back": Family(
        ("REFUND#*",),
        (
            *("functions/api/payments", "functions/queues/payment_webhooks", "functions/queues/checkout_payments"),
            *("functions/schedules/verify_payments", "functions/schedules/sweep_refunds"),
            *("functions/workflows/refund_steps", STEPS, SWEEP, CHECKOUT),
        ),
    ),
    "webhooks": Family(("WEBHOOK#*",), ("functions/api/payments",)),
    "messages": Family(
        ("DELIVERY#*",), ("functions/api/notifications", "functions/queues/*_mails", "functions/queues/account_texts")
    ),
    "replies": Family(("IDEMPOTENCY#*",), (*APIS, "functions/api/notifications")),
    "notes for the audit trail": Family(("AUDIT_NOTE#*",), (*APIS, "functions/api/orders", "functions/api/audit")),
    # Every reaction so far bears repetition by its own writes.
    "markers": Family(("MARKER#*",), ()),
    # Operators' commands write these.
    "migrations": Family(("MIGRATIONS",), ()),
}


def check_written_keys(root: Path) -> list[Finding]:
    """Key shapes of no family, and functions that may write other partitions than those of their families."""
    template = read_template(root)
    found = [*_unsorted(python_files(root, *FILES))]
    tables = [f"{table.removesuffix('}')}.Arn}}" for table in sorted(named_by(template, VARIABLE))]
    return found + [
        Finding(template.path, principal.resource.line, complaint)
        for principal in principals(template)
        for table in tables
        for complaint in _complaints(principal, table)
    ]


def families_of(file: str) -> set[str]:
    """The partitions that a function's file may write."""
    return {each for family in FAMILIES.values() if matches_any(file, family.writers) for each in family.partitions}


def _unsorted(files: list[PythonFile]) -> Iterator[Finding]:
    keys, shapes = files[0], {name: lies_in for file in files for name, lies_in in partitions(file.tree).items()}
    sorted_in = [each for family in FAMILIES.values() for each in family.partitions]
    for name, partition in shapes.items():
        if sorted_in.count(partition) != 1:
            yield keys.finding(1, f"{name} lies in {partition}, which belongs to {sorted_in.count(partition)} families")
    for gone in set(sorted_in) - set(shapes.values()):
        yield keys.finding(1, f"no key lies in {gone} any more")


def _complaints(principal: Principal, table: str) -> Iterator[str]:
    for name, family in FAMILIES.items():
        is_writer = matches_any(principal.file, family.writers)
        for partition in family.partitions:
            allowed = [action for action in WRITES if principal.may(action, table, keys=(_sample(partition),))]
            if is_writer and len(allowed) < len(WRITES):
                yield f"{principal.name} must write {partition} ({name}), and may not"
            if allowed and not is_writer:
                yield f"{principal.name} may write {partition} ({name}), reserved to {family.writers}"
    yield from _loopholes(principal, table)


def _loopholes(principal: Principal, table: str) -> Iterator[str]:
    """Ways around: requests that name no key, or one that nobody may write beside one that is allowed."""
    own = tuple(_sample(each) for each in sorted(families_of(principal.file)))
    for action in WRITES:
        if principal.may(action, table, keys=()):
            yield f"{principal.name} may do {action} without naming a key"
        if principal.may(action, table, keys=(*own, OF_NO_FAMILY)):
            yield f"{principal.name} may do {action} on partitions of no family"
    for action in OTHER_WRITES:
        if principal.may(action, table):
            yield f"{principal.name} may do {action}, which nobody needs"


def _sample(partition: str) -> str:
    return partition.replace("*", "1")
