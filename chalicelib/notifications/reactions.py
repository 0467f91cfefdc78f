"""What do notifications do when others announce something?"""

from typing import Any

from chalicelib.catalog.events import ProductApproved, ProductRefused
from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.inventory.events import StockLow, StockOut
from chalicelib.notifications import service
from chalicelib.notifications.enums import Notice
from chalicelib.orders.events import OrderPlaced
from chalicelib.users.events import (
    ChallengeIssuedByMail,
    ChallengeIssuedByText,
    UserDeactivated,
    UserEmailChanged,
    UserPasswordChanged,
    UserPhoneChanged,
    UserReactivated,
    UserRecoveryCodesRenewed,
    UserRecoveryCodeUsed,
    UserRegistered,
    UserRightsChanged,
    UserSecondFactorDisabled,
    UserSecondFactorEnabled,
    UserSessionsEnded,
)
from chalicelib.vendors.events import VendorApplied, VendorApproved, VendorRejected

order_mails = Consumer("order_mails")
account_mails = Consumer("account_mails")
account_texts = Consumer("account_texts")
stock_mails = Consumer("stock_mails")


@order_mails.on(OrderPlaced, once=Once.BY_OWN_WRITES)
def confirm_order(message: Message[OrderPlaced]) -> None:
    """Confirm the order to its buyer."""
    service.confirm_order(message.data.owner, message.data.order_id)


@account_mails.on(ChallengeIssuedByMail, once=Once.BY_OWN_WRITES)
def mail_challenge(message: Message[ChallengeIssuedByMail]) -> None:
    """Mail the link that proves an address, or what takes its place."""
    service.mail_challenge(message.data.challenge_id, message.data.delivery)


@account_texts.on(ChallengeIssuedByText, once=Once.BY_OWN_WRITES)
def text_challenge(message: Message[ChallengeIssuedByText]) -> None:
    """Text the code that proves a number, or what takes its place."""
    service.text_challenge(message.data.challenge_id, message.data.delivery)


@account_mails.on(UserRegistered, once=Once.BY_OWN_WRITES)
def welcome(message: Message[UserRegistered]) -> None:
    """Mail that the account is ready."""
    _tell(message, Notice.ACCOUNT_READY)


@account_mails.on(UserEmailChanged, once=Once.BY_OWN_WRITES)
def tell_of_new_email(message: Message[UserEmailChanged]) -> None:
    """Mail the new address and the one before."""
    service.tell_both_addresses(message.data.user_id, message.data.challenge_id, event_id=message.id, at=message.time)


@account_mails.on(UserPhoneChanged, once=Once.BY_OWN_WRITES)
def tell_of_new_phone(message: Message[UserPhoneChanged]) -> None:
    """Mail that another telephone number belongs to the account."""
    _tell(message, Notice.PHONE_CHANGED)


@account_mails.on(UserPasswordChanged, once=Once.BY_OWN_WRITES)
def tell_of_new_password(message: Message[UserPasswordChanged]) -> None:
    """Mail that the password was changed, or reset."""
    _tell(message, Notice.PASSWORD_WAS_RESET if message.data.by_reset else Notice.PASSWORD_CHANGED)


@account_mails.on(UserSecondFactorEnabled, once=Once.BY_OWN_WRITES)
def tell_of_second_factor(message: Message[UserSecondFactorEnabled]) -> None:
    """Mail that signing in takes a second factor now."""
    _tell(message, Notice.SECOND_FACTOR_ENABLED)


@account_mails.on(UserSecondFactorDisabled, once=Once.BY_OWN_WRITES)
def tell_of_no_second_factor(message: Message[UserSecondFactorDisabled]) -> None:
    """Mail that signing in takes a password only."""
    _tell(message, Notice.SECOND_FACTOR_DISABLED)


@account_mails.on(UserRecoveryCodesRenewed, once=Once.BY_OWN_WRITES)
def tell_of_new_recovery_codes(message: Message[UserRecoveryCodesRenewed]) -> None:
    """Mail that there are new recovery codes."""
    _tell(message, Notice.RECOVERY_CODES_RENEWED)


@account_mails.on(UserRecoveryCodeUsed, once=Once.BY_OWN_WRITES)
def tell_of_used_recovery_code(message: Message[UserRecoveryCodeUsed]) -> None:
    """Mail that a recovery code was used, and how many are left."""
    _tell(message, Notice.RECOVERY_CODE_USED, left=message.data.left)


@account_mails.on(UserRightsChanged, once=Once.BY_OWN_WRITES)
def tell_of_changed_rights(message: Message[UserRightsChanged]) -> None:
    """Mail that the account may do other things than before."""
    _tell(message, Notice.RIGHTS_CHANGED)


@account_mails.on(UserSessionsEnded, once=Once.BY_OWN_WRITES)
def tell_of_ended_sessions(message: Message[UserSessionsEnded]) -> None:
    """Mail that sessions were ended, by wish or because somebody else may hold one."""
    _tell(message, Notice.SESSION_REUSED if message.data.reason == "reuse" else Notice.SESSIONS_ENDED)


@account_mails.on(UserDeactivated, once=Once.BY_OWN_WRITES)
def tell_of_closed_account(message: Message[UserDeactivated]) -> None:
    """Mail that the account is closed, by its owner or by staff."""
    _tell(message, Notice.ACCOUNT_SUSPENDED if message.data.by_staff else Notice.ACCOUNT_CLOSED)


@account_mails.on(UserReactivated, once=Once.BY_OWN_WRITES)
def tell_of_reopened_account(message: Message[UserReactivated]) -> None:
    """Mail that the account is open again."""
    _tell(message, Notice.ACCOUNT_REOPENED)


@account_mails.on(VendorApplied, once=Once.BY_OWN_WRITES)
def tell_of_application(message: Message[VendorApplied]) -> None:
    """Mail that the application to sell has arrived."""
    _tell(message, Notice.VENDOR_APPLIED)


@account_mails.on(VendorApproved, once=Once.BY_OWN_WRITES)
def tell_of_approval(message: Message[VendorApproved]) -> None:
    """Mail that the applicant may sell."""
    _tell(message, Notice.VENDOR_APPROVED)


@account_mails.on(VendorRejected, once=Once.BY_OWN_WRITES)
def tell_of_rejection(message: Message[VendorRejected]) -> None:
    """Mail that the application was turned down."""
    _tell(message, Notice.VENDOR_REJECTED)


@account_mails.on(ProductApproved, once=Once.BY_OWN_WRITES)
def tell_of_approved_product(message: Message[ProductApproved]) -> None:
    """Mail the vendor that its product, or what is to be told of it, is approved."""
    about = message.data
    service.tell_of_approved_product(about.product_id, vendor_id=about.vendor_id, event_id=message.id, at=message.time)


@account_mails.on(ProductRefused, once=Once.BY_OWN_WRITES)
def tell_of_refused_product(message: Message[ProductRefused]) -> None:
    """Mail the vendor why its product, or what was to be told of it, is refused."""
    about = message.data
    service.tell_of_refused_product(about.product_id, vendor_id=about.vendor_id, event_id=message.id, at=message.time)


@stock_mails.on(StockLow, once=Once.BY_OWN_WRITES)
def tell_of_low_stock(message: Message[StockLow]) -> None:
    """Mail vendor and keepers that few are left."""
    _tell_keepers(message, Notice.STOCK_LOW, left=message.data.left)


@stock_mails.on(StockOut, once=Once.BY_OWN_WRITES)
def tell_of_no_stock(message: Message[StockOut]) -> None:
    """Mail vendor and keepers that none is left."""
    _tell_keepers(message, Notice.STOCK_OUT)


def _tell(message: Message[Any], notice: Notice, **facts: int) -> None:
    service.tell(message.data.user_id, notice, event_id=message.id, at=message.time, **facts)


def _tell_keepers(message: Message[Any], notice: Notice, **facts: int) -> None:
    sku, product_id, vendor_id = message.data.sku, message.data.product_id, message.data.vendor_id
    service.tell_keepers(
        notice, sku, product_id=product_id, vendor_id=vendor_id, event_id=message.id, at=message.time, **facts
    )
