"""Where is everything stored? Every key shape of the shop's table, but for those in the `*_keys` files beside it.

A shopper's own things lie under their owner (a user id, or a cart id for a guest), so that asking for
somebody else's finds nothing. Shared index keys end in a shard number; there is one shard so far.
"""

from chalicelib.core.storage.key import Key

_ONE_SHARD = "0"

# Partitions that are one for all, and what sort keys begin with
ADDRESSES_PREFIX = "ADDRESS"
MIGRATIONS = "MIGRATIONS"
ORDER_PREFIX = "ORDER#"
SESSION_PREFIX = "SESSION#"
SIGNING_KEYS = "SIGNING_KEYS"
SUB_ORDER_PREFIX = "SUB_ORDER#"
VENDORS = f"VENDORS#{_ONE_SHARD}"
VENDOR_APPLICATION_PREFIX = "VENDOR_APPLICATION#"


# Identity
def user(user_id: str) -> Key:
    return Key(f"USER#{user_id}", "USER")


def standing(user_id: str) -> Key:
    return Key(f"USER#{user_id}", "STANDING")


def credential(user_id: str) -> Key:
    """Apart from the user, so that a password's hash is only read to check a password."""
    return Key(f"USER#{user_id}", "CREDENTIAL")


def second_factor(user_id: str) -> Key:
    return Key(f"USER#{user_id}", "SECOND_FACTOR")


def user_parts(user_id: str) -> str:
    return f"USER#{user_id}"


def session(user_id: str, session_id: str) -> Key:
    return Key(user_parts(user_id), f"{SESSION_PREFIX}{session_id}")


def email_guard(email: str) -> Key:
    return Key(f"EMAIL#{email}", "GUARD")


def phone_guard(phone: str) -> Key:
    return Key(f"PHONE#{phone}", "GUARD")


def challenge(challenge_id: str) -> Key:
    return Key(f"CHALLENGE#{challenge_id}", "CHALLENGE")


def refresh_token(digest: str) -> Key:
    return Key(f"REFRESH#{digest}", "TOKEN")


def permission_holders(permission: str) -> str:
    return f"PERMISSION#{permission}"


def permission_holder(permission: str, user_id: str) -> Key:
    return Key(permission_holders(permission), f"HOLDER#{user_id}")


def signing_key(key_id: str) -> Key:
    return Key(SIGNING_KEYS, f"KEY#{key_id}")


# Vendors
def vendor(vendor_id: str) -> Key:
    return Key(VENDORS, f"VENDOR#{vendor_id}")


def vendor_application(owner_id: str, application_id: str) -> Key:
    return Key(owner(owner_id), f"{VENDOR_APPLICATION_PREFIX}{application_id}")


def open_vendor_application(owner_id: str) -> Key:
    return Key(owner(owner_id), "OPEN_VENDOR_APPLICATION")


def vendor_application_entry(application_id: str) -> Key:
    return Key(f"VENDOR_APPLICATION#{application_id}", "ENTRY")


# Catalogue and stock: a product's partition holds the product, its gallery and its stock
BRANDS = f"BRANDS#{_ONE_SHARD}"
PRODUCT_TYPES = f"PRODUCT_TYPES#{_ONE_SHARD}"
STOCK_PREFIX = "STOCK#"
MOVEMENT_PREFIX = "MOVEMENT#"


def product_parts(product_id: str) -> str:
    return f"PRODUCT#{product_id}"


def product(product_id: str) -> Key:
    return Key(product_parts(product_id), "PRODUCT")


def proposal(product_id: str) -> Key:
    """Apart from the product, since no shopper reads it."""
    return Key(f"PROPOSAL#{product_id}", "PROPOSAL")


def gallery(product_id: str) -> Key:
    return Key(product_parts(product_id), "GALLERY")


def picture_upload(picture_id: str) -> Key:
    return Key(f"UPLOAD#{picture_id}", "UPLOAD")


def variant(sku: str) -> Key:
    return Key(f"SKU#{sku}", "VARIANT")


def barcode(gtin: str) -> Key:
    return Key(f"BARCODE#{gtin}", "GUARD")


def brand(brand_id: str) -> Key:
    return Key(BRANDS, f"BRAND#{brand_id}")


def product_type(type_id: str) -> Key:
    return Key(PRODUCT_TYPES, f"PRODUCT_TYPE#{type_id}")


def slugs(slug: str) -> str:
    return f"SLUG#{slug}"


def product_slug(slug: str, locale: str) -> Key:
    return Key(slugs(slug), f"LOCALE#{locale}")


def stock(product_id: str, sku: str) -> Key:
    """One location and one shard so far; both have their place in the key."""
    return Key(product_parts(product_id), f"{STOCK_PREFIX}{sku}#MAIN#{_ONE_SHARD}")


def stock_watch(product_id: str, sku: str) -> Key:
    """Apart from the product, which shoppers read with all that lies beside it."""
    return Key(f"STOCK_WATCH#{product_id}", f"SKU#{sku}")


def movements(product_id: str) -> str:
    return f"LEDGER#{product_id}"


def movement(product_id: str, movement_id: str) -> Key:
    return Key(movements(product_id), f"{MOVEMENT_PREFIX}{movement_id}")


def reservation(reservation_id: str) -> Key:
    return Key(f"RESERVATION#{reservation_id}", "RESERVATION")


def exchange_rates() -> Key:
    return Key("EXCHANGE_RATES", "RATES")


def tax_rates() -> Key:
    return Key("TAX_RATES", "RATES")


def shipping_plan() -> Key:
    return Key("SHIPPING_PLAN", "PLAN")


# A shopper's own things
def owner(owner_id: str) -> str:
    return f"OWNER#{owner_id}"


def cart(owner_id: str, cart_id: str) -> Key:
    return Key(owner(owner_id), f"CART#{cart_id}")


def current_cart(owner_id: str) -> Key:
    return Key(owner(owner_id), "CURRENT_CART")


def checkout(owner_id: str, checkout_id: str) -> Key:
    return Key(owner(owner_id), f"CHECKOUT#{checkout_id}")


def checkout_quote(owner_id: str, checkout_id: str) -> Key:
    return Key(owner(owner_id), f"QUOTE#{checkout_id}")


# A user's book of addresses, and each address that it counts
def address_book(owner_id: str) -> Key:
    return Key(owner(owner_id), f"{ADDRESSES_PREFIX}_BOOK")


def address(owner_id: str, address_id: str) -> Key:
    return Key(owner(owner_id), f"{ADDRESSES_PREFIX}#{address_id}")


def order(owner_id: str, order_id: str) -> Key:
    return Key(owner(owner_id), f"{ORDER_PREFIX}{order_id}")


def order_number(number: str) -> Key:
    return Key(f"ORDER_NUMBER#{number}", "GUARD")


def vendor_orders(vendor_id: str) -> str:
    return f"VENDOR_ORDERS#{vendor_id}"


def sub_order(vendor_id: str, order_id: str) -> Key:
    return Key(vendor_orders(vendor_id), f"{SUB_ORDER_PREFIX}{order_id}")


# Payments
def payment(payment_id: str) -> Key:
    return Key(f"PAYMENT#{payment_id}", "PAYMENT")


def waiting_task(payment_id: str) -> Key:
    return Key(f"PAYMENT#{payment_id}", "WAITING_TASK")


def payment_attempt(tx_ref: str) -> Key:
    return Key(f"TX_REF#{tx_ref}", "ATTEMPT")


def webhook(fingerprint: str) -> Key:
    return Key(f"WEBHOOK#{fingerprint}", "WEBHOOK")


# Plumbing
def idempotency(scope: str) -> Key:
    return Key(f"IDEMPOTENCY#{scope}", "REPLY")


def throttle(subject_digest: str, policy: str) -> Key:
    return Key(f"THROTTLE#{subject_digest}", f"POLICY#{policy}")


def marker(consumer: str, event_id: str) -> Key:
    return Key(f"MARKER#{event_id}", f"BY#{consumer}")


def delivery(message_id: str) -> Key:
    return Key(f"DELIVERY#{message_id}", "DELIVERY")


def audit_note(note_id: str) -> Key:
    return Key(f"AUDIT_NOTE#{note_id}", "NOTE")


def migration(name: str) -> Key:
    return Key(MIGRATIONS, f"MIGRATION#{name}")


# Index partitions, each sparse: only what somebody must look at carries one
CHECKOUTS_DUE = f"CHECKOUTS_DUE#{_ONE_SHARD}"
ATTEMPTS_UNSETTLED = f"ATTEMPTS_UNSETTLED#{_ONE_SHARD}"
PAYMENTS_TO_COLLECT = f"PAYMENTS_TO_COLLECT#{_ONE_SHARD}"
UPLOADS_DUE = f"UPLOADS_DUE#{_ONE_SHARD}"


def vendor_applications(status: str) -> str:
    return f"VENDOR_APPLICATIONS#{status}#{_ONE_SHARD}"
