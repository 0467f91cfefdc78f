"""Where is it stored who is reminded of a cart, who does not want to be, and what reminders brought?

Mail addresses stand here as keyed digests only.
"""

from chalicelib.core.storage.key import Key

# Index partition, sparse: carts whose shopper may have to be reminded
REMINDERS_DUE = "REMINDERS_DUE#0"


def reminder_parts(cart_id: str) -> str:
    return f"REMINDER#{cart_id}"


def reminder(cart_id: str) -> Key:
    """Apart from the cart, which is long and changes often, and must not be copied into an index."""
    return Key(reminder_parts(cart_id), "REMINDER")


def sent_reminder(cart_id: str, number: int) -> Key:
    return Key(reminder_parts(cart_id), f"SENT#{number}")


def reminded_reader(digest: str) -> str:
    return f"REMINDED_READER#{digest}"


def reminder_opt_out(digest: str) -> Key:
    return Key(reminded_reader(digest), "OPT_OUT")


def last_purchase(digest: str) -> Key:
    return Key(reminded_reader(digest), "LAST_PURCHASE")


def last_reminder(digest: str) -> Key:
    return Key(reminded_reader(digest), "LAST_REMINDER")


def recovery_counts(month: str) -> str:
    return f"CART_RECOVERIES#{month}"


def recovery_count(month: str, currency: str) -> Key:
    return Key(recovery_counts(month), f"CURRENCY#{currency}")
