"""Which short letters are there, and what becomes of a text message?"""

from enum import StrEnum


class Notice(StrEnum):
    """A letter of a few sentences; its words stand under this name in ``notices.toml``."""

    CONFIRM_SIGN_UP = "confirm_sign_up"
    SIGN_UP_KNOWN = "sign_up_known"
    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a letter
    ACCOUNT_READY = "account_ready"
    EMAIL_ADDED = "email_added"
    EMAIL_REPLACED = "email_replaced"
    PHONE_CHANGED = "phone_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a letter
    PASSWORD_WAS_RESET = "password_was_reset"  # noqa: S105 - a letter
    SECOND_FACTOR_ENABLED = "second_factor_enabled"
    SECOND_FACTOR_DISABLED = "second_factor_disabled"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    RECOVERY_CODE_USED = "recovery_code_used"
    RIGHTS_CHANGED = "rights_changed"
    SESSIONS_ENDED = "sessions_ended"
    SESSION_REUSED = "session_reused"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_SUSPENDED = "account_suspended"
    ACCOUNT_REOPENED = "account_reopened"
    VENDOR_APPLIED = "vendor_applied"
    VENDOR_APPROVED = "vendor_approved"
    VENDOR_REJECTED = "vendor_rejected"
    PRODUCT_APPROVED = "product_approved"
    PRODUCT_REFUSED = "product_refused"
    REFUND_ASKED = "refund_asked"
    REFUND_COMPLETED = "refund_completed"
    STOCK_LOW = "stock_low"
    STOCK_OUT = "stock_out"


class TextStatus(StrEnum):
    """``refused`` is what the sender says when it is asked, the others come in its reports."""

    REFUSED = "refused"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
