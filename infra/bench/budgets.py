"""What may things cost? Every budget, and who is over it.

Calls and units are exact and held by tests, as are transitions, packages and what a function imports.
Milliseconds depend on the machine: the report shows them beside their targets and no test fails on them.
"""

from collections import Counter
from collections.abc import Mapping

from infra.bench import journey, shelving, signing_in, stocking

# DynamoDB calls of each act, by name. A read that has parts is one Query.
CALLS: dict[str, tuple[str, ...]] = {
    journey.PRODUCT_READ: ("Query",),
    journey.LARGE_READ: ("Query",),
    # Whether anything changed, and the page; a process that has looked lately and keeps the page asks nobody.
    journey.PRODUCT_PAGE: ("Query", "Query"),
    journey.KEPT_PAGE: (),
    journey.CART_OPENED: ("PutItem",),
    journey.LINE_ADDED: ("BatchGetItem", "PutItem"),
    # The cart, and what has become of its goods.
    journey.CART_READ: ("GetItem", "BatchGetItem"),
    # With a mail address, and who may be reminded of the cart at it.
    journey.CART_PREPARED: ("GetItem", "TransactWriteItems"),
    # Beside the goods: the delivery plan, tax rates and automatic promotions.
    journey.CART_REVIEWED: ("GetItem", "BatchGetItem"),
    journey.BEGUN: ("PutItem", "GetItem", "BatchGetItem", "TransactWriteItems"),
    journey.RESERVED: ("GetItem", "TransactWriteItems"),
    journey.PAGE_OPENED: ("GetItem", "GetItem", "GetItem", "PutItem", "GetItem", "PutItem", "PutItem"),
    journey.AWAITED: ("GetItem", "PutItem", "GetItem"),
    journey.WEBHOOK: ("PutItem",),
    journey.VERIFIED: ("GetItem", "GetItem", "PutItem", "PutItem", "GetItem"),
    journey.CAPTURE_NOTICED: ("GetItem",),
    journey.PLACED: ("GetItem", "GetItem", "GetItem", "GetItem", "TransactWriteItems"),
    journey.BOOKED: ("GetItem", "TransactWriteItems", "TransactWriteItems"),
    journey.MAILED: ("GetItem", "PutItem", "UpdateItem"),
    # The product, its guards where they repeat what changed, and the note for the audit trail.
    shelving.RENAMED: ("BatchGetItem", "TransactWriteItems"),
    shelving.RENAMED_LISTED: ("BatchGetItem", "TransactWriteItems"),
    shelving.REWORDED: ("BatchGetItem", "TransactWriteItems"),
    shelving.REWORDED_LISTED: ("BatchGetItem", "PutItem"),
    # Counted per address and per account, whose address it is, what it is checked against, and the session.
    signing_in.SIGNED_IN: ("UpdateItem", "UpdateItem", "GetItem", "BatchGetItem", "TransactWriteItems"),
    signing_in.REFRESHED: ("UpdateItem", "GetItem", "BatchGetItem", "TransactWriteItems"),
    signing_in.TOKEN_CHECKED: (),
    signing_in.PASSWORD_CHECKED: (),
    # With its record for the audit trail, and no read: the stock row itself refuses.
    stocking.STOCK_MOVED: ("TransactWriteItems",),
    stocking.STOCK_JUDGED: ("BatchGetItem",),
    stocking.STOCK_FELL: ("BatchGetItem", "TransactWriteItems"),
}
READ_UNITS = {
    journey.PRODUCT_READ: 1,
    journey.LARGE_READ: 2,
    journey.PRODUCT_PAGE: 4,
    journey.KEPT_PAGE: 0,
    journey.LINE_ADDED: 2,
    journey.CART_READ: 5,
    journey.CART_PREPARED: 1,
    journey.CART_REVIEWED: 8,
    journey.PLACED: 4,
    shelving.RENAMED_LISTED: 4,
    signing_in.SIGNED_IN: 4,
    signing_in.REFRESHED: 3,
    stocking.STOCK_JUDGED: 2,
    stocking.STOCK_FELL: 2,
}
WRITE_UNITS = {
    journey.CART_OPENED: 1,
    journey.LINE_ADDED: 1,
    journey.CART_PREPARED: 5,
    journey.BEGUN: 12,
    journey.RESERVED: 6,
    journey.PAGE_OPENED: 5,
    journey.AWAITED: 1,
    journey.WEBHOOK: 1,
    journey.VERIFIED: 3,
    journey.PLACED: 17,
    journey.BOOKED: 8,
    journey.MAILED: 2,
    # Three guards repeat its title; five lists show it, and a mark says that they changed.
    shelving.RENAMED: 12,
    shelving.RENAMED_LISTED: 14,
    shelving.REWORDED: 6,
    shelving.REWORDED_LISTED: 1,
    signing_in.SIGNED_IN: 8,
    signing_in.REFRESHED: 7,
    stocking.STOCK_MOVED: 6,
    stocking.STOCK_FELL: 4,
}
# What a paid order of two lines writes from checkout to order, and all of it, from the opened cart to the mail.
WRITE_UNITS_TO_ORDER = 45
WRITE_UNITS_PER_ORDER = 63
# What staff's work adds: a small change with its note, the entry that follows from it, and a page of 20 of them.
AUDITED_CHANGE_WRITE_UNITS = 4
AUDIT_ENTRY_WRITE_UNITS, AUDIT_ENTRY_READ_UNITS = 7, 1
AUDIT_PAGE_READ_UNITS = 2.5
# Standard transitions are the dearest thing in an order.
TRANSITIONS_PER_ORDER = 5
# Unzipped, for arm64, by requirement group. Lambda takes 250.
PACKAGE_MEGABYTES = {"api": 67, "media": 90}

# A photo of 24 megapixels, decoded, turned, and encoded in eight files; held whole it alone would be 72 MB.
PICTURE_PEAK_MEGABYTES = 200
PICTURE_CPU_SECONDS = 2

# CPU milliseconds on the machine of the design's figures, where a bare GetItem takes 0.8.
CPU_MILLISECONDS = {
    journey.PRODUCT_READ: 1.1,
    journey.PRODUCT_PAGE: 2,
    journey.LINE_ADDED: 3,
}
TOKEN_CHECK_MICROSECONDS = 90
PURCHASE_MILLISECONDS = 20
BARE_MILLISECONDS = 0.8
COLD_IMPORT_MILLISECONDS = 400

# What is loaded when it is first needed, or never, but by no import of a function.
_LATER = frozenset(
    {"argon2", "cryptography", "jwt", "requests", "boto3", "jinja2", "pyotp", "segno", "unittest", "pydantic.v1"}
)
_NOT_BEHIND_THE_GATEWAY = frozenset({"chalice"})
# It answers from headers alone.
_NOT_FOR_PREFLIGHT = frozenset({"pydantic", "pynamodb", "botocore", "chalice", "aws_lambda_powertools"})

# What few of a function's messages need.
_RARELY_NEEDED = {
    "functions.queues.account_mails": frozenset({"chalicelib.catalog.service"}),
    "functions.queues.order_mails": frozenset({"chalicelib.checkout.service", "chalicelib.payments.service"}),
}


def forbidden_imports(module: str) -> frozenset[str]:
    """Return the modules that importing a function must not load."""
    forbidden = _LATER | _RARELY_NEEDED.get(module, frozenset())
    if not module.startswith("functions.api."):
        forbidden |= _NOT_BEHIND_THE_GATEWAY
    if module == "functions.api.preflight":
        forbidden |= _NOT_FOR_PREFLIGHT
    return forbidden


def excess(measured: Mapping[str, float], allowed: Mapping[str, float]) -> list[str]:
    """Name everything that costs more than it may, and everything that no budget knows."""
    unknown = [f"{name} has no budget" for name in measured if name not in allowed]
    over = [
        f"{name}: {cost:g}, allowed {allowed[name]:g}"
        for name, cost in measured.items()
        if name in allowed and cost > allowed[name]
    ]
    return [*unknown, *over]


def excess_calls(measured: tuple[str, ...], allowed: tuple[str, ...]) -> list[str]:
    """Name the calls that are more than a budget has room for."""
    return list((Counter(measured) - Counter(allowed)).elements())
