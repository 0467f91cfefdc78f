"""How can accounts contradict their contacts, rights and passwords?"""

from chalicelib.core.storage import keys
from chalicelib.core.storage.identity import Standing
from chalicelib.users.models import Challenge, Credential, EmailGuard, PermissionHolder, PhoneGuard, SecondFactor, User
from chalicelib.vendors.models import Vendor
from tests.books.breaking import Breakages
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


@breakages.of("contacts_lead_to_their_accounts")
def an_address_is_anybodys(table: TableCopy) -> None:
    table.drop(table.one(EmailGuard))


@breakages.of("contacts_lead_to_their_accounts")
def a_number_leads_to_somebody_else(table: TableCopy) -> None:
    table.change(table.one(PhoneGuard), user_id="usr_OTHER")


@breakages.of("contacts_lead_to_their_accounts")
def an_address_that_was_given_up_is_not_free(table: TableCopy) -> None:
    user = table.one(User)
    table.add(EmailGuard.at(keys.email_guard("before@coffee.example"), user_id=user.user_id))


@breakages.of("accounts_are_whole")
def an_account_has_no_password(table: TableCopy) -> None:
    table.drop(table.one(Credential))


@breakages.of("accounts_are_whole")
def an_account_has_no_rights(table: TableCopy) -> None:
    table.drop(table.one(Standing, user_id=table.one(SecondFactor).user_id))


@breakages.of("accounts_are_whole")
def an_account_can_be_reached_by_nothing(table: TableCopy) -> None:
    user = table.one(User, user_id=table.one(SecondFactor).user_id)
    table.drop(table.at(EmailGuard, keys.email_guard(user.email or "")))
    table.drop(table.at(PhoneGuard, keys.phone_guard(user.phone or "")))
    table.change(user, email=None, phone=None)


@breakages.of("accounts_are_whole")
def rights_belong_to_nobody(table: TableCopy) -> None:
    table.add(Standing.at(keys.standing("usr_NOBODY"), user_id="usr_NOBODY", roles=["customer"]))


@breakages.of("members_sell_for_a_vendor")
def a_vendors_role_without_a_vendor(table: TableCopy) -> None:
    table.change(table.one(Standing, vendor_id=None), roles=["customer", "vendor"])


@breakages.of("members_sell_for_a_vendor")
def a_member_without_the_role(table: TableCopy) -> None:
    table.change(table.one(Standing, vendor_id=None), vendor_id=table.one(Vendor).vendor_id)


@breakages.of("answered_sign_ups_keep_no_password")
def a_password_stays_with_an_answered_sign_up(table: TableCopy) -> None:
    answered = next(each for each in table.all(Challenge) if each.answered_at is not None)
    table.change(answered, password_hash="$argon2id$...")


@breakages.of("holders_are_listed")
def nobody_finds_who_keeps_the_stock(table: TableCopy) -> None:
    table.drop(table.one(PermissionHolder))


@breakages.of("holders_are_listed")
def who_keeps_the_stock_no_longer_is_still_found(table: TableCopy) -> None:
    keeper = table.one(Standing, user_id=table.one(PermissionHolder).user_id)
    table.change(keeper, permissions=[])
