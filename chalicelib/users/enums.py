"""Which words do accounts use?"""

from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    STAFF = "staff"
    VENDOR = "vendor"
    CUSTOMER = "customer"


class Permission(StrEnum):
    """What staff may be allowed to do; an admin may do all of it."""

    AUDIT_READ = "audit.read"
    CARTS_REPORT = "carts.report"
    CATALOG_APPROVE = "catalog.approve"
    CATALOG_MANAGE = "catalog.manage"
    ORDERS_REFUND = "orders.refund"
    PAYMENTS_COLLECT = "payments.collect"
    PRICES_MANAGE = "prices.manage"
    PROMOTIONS_MANAGE = "promotions.manage"
    SHIPPING_MANAGE = "shipping.manage"
    STOCK_MANAGE = "stock.manage"
    USERS_MANAGE = "users.manage"
    VENDORS_APPROVE = "vendors.approve"
    VENDORS_MANAGE = "vendors.manage"


class Channel(StrEnum):
    """How somebody is reached, and what an account is known by."""

    EMAIL = "email"
    PHONE = "phone"


class Purpose(StrEnum):
    """What somebody proves by answering a challenge."""

    SIGN_UP = "sign_up"
    SIGN_UP_KNOWN = "sign_up_known"  # the contact has an account, which only its owner is told
    NEW_CONTACT = "new_contact"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a purpose
    PASSWORD_RESET_UNKNOWN = "password_reset_unknown"  # noqa: S105 - nobody has that contact
