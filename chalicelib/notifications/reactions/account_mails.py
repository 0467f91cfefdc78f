"""What are people mailed about their accounts, and vendors about their products?"""

from typing import Any

from chalicelib.catalog.events import ProductApproved, ProductRefused
from chalicelib.core.events.consuming import Consumer, Message, Once
from chalicelib.notifications.enums import Notice
from chalicelib.notifications.service import account_mails
from chalicelib.users.events import (
    ChallengeIssuedByMail,
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

consumer = Consumer("account_mails")


@consumer.on(ChallengeIssuedByMail, once=Once.BY_OWN_WRITES)
def mail_challenge(message: Message[ChallengeIssuedByMail]) -> None:
    """Mail the link that proves an address, or what takes its place."""
    account_mails.mail_challenge(message.data.challenge_id, message.data.delivery)


@consumer.on(UserRegistered, once=Once.BY_OWN_WRITES)
def welcome(message: Message[UserRegistered]) -> None:
    """Mail that the account is ready."""
    _tell(message, Notice.ACCOUNT_READY)


@consumer.on(UserEmailChanged, once=Once.BY_OWN_WRITES)
def tell_of_new_email(message: Message[UserEmailChanged]) -> None:
    """Mail the new address and the one before."""
    account_mails.tell_both_addresses(
        message.data.user_id, message.data.challenge_id, event_id=message.id, at=message.time
    )


@consumer.on(UserPhoneChanged, once=Once.BY_OWN_WRITES)
def tell_of_new_phone(message: Message[UserPhoneChanged]) -> None:
    """Mail that another telephone number belongs to the account."""
    _tell(message, Notice.PHONE_CHANGED)


@consumer.on(UserPasswordChanged, once=Once.BY_OWN_WRITES)
def tell_of_new_password(message: Message[UserPasswordChanged]) -> None:
    """Mail that the password was changed, or reset."""
    _tell(message, Notice.PASSWORD_WAS_RESET if message.data.by_reset else Notice.PASSWORD_CHANGED)


@consumer.on(UserSecondFactorEnabled, once=Once.BY_OWN_WRITES)
def tell_of_second_factor(message: Message[UserSecondFactorEnabled]) -> None:
    """Mail that signing in takes a second factor now."""
    _tell(message, Notice.SECOND_FACTOR_ENABLED)


@consumer.on(UserSecondFactorDisabled, once=Once.BY_OWN_WRITES)
def tell_of_no_second_factor(message: Message[UserSecondFactorDisabled]) -> None:
    """Mail that signing in takes a password only."""
    _tell(message, Notice.SECOND_FACTOR_DISABLED)


@consumer.on(UserRecoveryCodesRenewed, once=Once.BY_OWN_WRITES)
def tell_of_new_recovery_codes(message: Message[UserRecoveryCodesRenewed]) -> None:
    """Mail that there are new recovery codes."""
    _tell(message, Notice.RECOVERY_CODES_RENEWED)


@consumer.on(UserRecoveryCodeUsed, once=Once.BY_OWN_WRITES)
def tell_of_used_recovery_code(message: Message[UserRecoveryCodeUsed]) -> None:
    """Mail that a recovery code was used, and how many are left."""
    _tell(message, Notice.RECOVERY_CODE_USED, left=message.data.left)


@consumer.on(UserRightsChanged, once=Once.BY_OWN_WRITES)
def tell_of_changed_rights(message: Message[UserRightsChanged]) -> None:
    """Mail that the account may do other things than before."""
    _tell(message, Notice.RIGHTS_CHANGED)


@consumer.on(UserSessionsEnded, once=Once.BY_OWN_WRITES)
def tell_of_ended_sessions(message: Message[UserSessionsEnded]) -> None:
    """Mail that sessions were ended, by wish or because somebody else may hold one."""
    _tell(message, Notice.SESSION_REUSED if message.data.reason == "reuse" else Notice.SESSIONS_ENDED)


@consumer.on(UserDeactivated, once=Once.BY_OWN_WRITES)
def tell_of_closed_account(message: Message[UserDeactivated]) -> None:
    """Mail that the account is closed, by its owner or by staff."""
    _tell(message, Notice.ACCOUNT_SUSPENDED if message.data.by_staff else Notice.ACCOUNT_CLOSED)


@consumer.on(UserReactivated, once=Once.BY_OWN_WRITES)
def tell_of_reopened_account(message: Message[UserReactivated]) -> None:
    """Mail that the account is open again."""
    _tell(message, Notice.ACCOUNT_REOPENED)


@consumer.on(VendorApplied, once=Once.BY_OWN_WRITES)
def tell_of_application(message: Message[VendorApplied]) -> None:
    """Mail that the application to sell has arrived."""
    _tell(message, Notice.VENDOR_APPLIED)


@consumer.on(VendorApproved, once=Once.BY_OWN_WRITES)
def tell_of_approval(message: Message[VendorApproved]) -> None:
    """Mail that the applicant may sell."""
    _tell(message, Notice.VENDOR_APPROVED)


@consumer.on(VendorRejected, once=Once.BY_OWN_WRITES)
def tell_of_rejection(message: Message[VendorRejected]) -> None:
    """Mail that the application was turned down."""
    _tell(message, Notice.VENDOR_REJECTED)


@consumer.on(ProductApproved, once=Once.BY_OWN_WRITES)
def tell_of_approved_product(message: Message[ProductApproved]) -> None:
    """Mail the vendor that its product, or what is to be told of it, is approved."""
    from chalicelib.notifications.service import product_mails

    product_mails.tell_of_approved_product(**_decided(message))


@consumer.on(ProductRefused, once=Once.BY_OWN_WRITES)
def tell_of_refused_product(message: Message[ProductRefused]) -> None:
    """Mail the vendor why its product, or what was to be told of it, is refused."""
    from chalicelib.notifications.service import product_mails

    product_mails.tell_of_refused_product(**_decided(message))


def _tell(message: Message[Any], notice: Notice, **facts: int) -> None:
    account_mails.tell(message.data.user_id, notice, event_id=message.id, at=message.time, **facts)


def _decided(message: Message[ProductApproved] | Message[ProductRefused]) -> dict[str, str]:
    about = message.data
    return {"product_id": about.product_id, "vendor_id": about.vendor_id, "event_id": message.id, "at": message.time}
