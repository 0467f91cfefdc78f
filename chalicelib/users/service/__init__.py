"""What can be done with accounts and sessions?"""

from chalicelib.users.enums import Permission
from chalicelib.users.errors import ContactTaken, MemberElsewhere, UserNotFound
from chalicelib.users.rules import Contact, contact_of
from chalicelib.users.service.accounts import (
    Account,
    Reader,
    account_of,
    change_account,
    confirm_sign_up,
    find_user_id,
    reader_of,
    register,
    sign_up,
    user_with,
)
from chalicelib.users.service.challenges import Outgoing, kept_seconds, outgoing, send_again
from chalicelib.users.service.contacts import ContactChange
from chalicelib.users.service.contacts import ask as ask_for_contact
from chalicelib.users.service.contacts import change_of as contact_change_of
from chalicelib.users.service.contacts import confirm as confirm_contact
from chalicelib.users.service.credentials import ask_for_reset, change_password, reset_password
from chalicelib.users.service.holders import readers_with
from chalicelib.users.service.own_sessions import (
    OpenSession,
    access_token_seconds,
    authenticate_again,
    end_session,
    open_sessions,
    sign_out,
    sign_out_everywhere,
)
from chalicelib.users.service.roles import deactivate, grant, make_admin, make_vendor, reactivate
from chalicelib.users.service.second_factors import Enrolment, Proof, State
from chalicelib.users.service.second_factors import begin as begin_second_factor
from chalicelib.users.service.second_factors import confirm as confirm_second_factor
from chalicelib.users.service.second_factors import disable as disable_second_factor
from chalicelib.users.service.second_factors import renew_codes as renew_recovery_codes
from chalicelib.users.service.second_factors import state_of as second_factor_of
from chalicelib.users.service.sessions import Device, Tokens, refresh, sign_in, sign_in_with_second_factor
from chalicelib.users.service.signing_keys import (
    Rotation,
    public_keys,
    replace_leaked_signing_keys,
    rotate_signing_keys,
)

__all__ = [
    "Account",
    "Contact",
    "ContactChange",
    "ContactTaken",
    "Device",
    "Enrolment",
    "MemberElsewhere",
    "OpenSession",
    "Outgoing",
    "Permission",
    "Proof",
    "Reader",
    "Rotation",
    "State",
    "Tokens",
    "UserNotFound",
    "access_token_seconds",
    "account_of",
    "ask_for_contact",
    "ask_for_reset",
    "authenticate_again",
    "begin_second_factor",
    "change_account",
    "change_password",
    "confirm_contact",
    "confirm_second_factor",
    "confirm_sign_up",
    "contact_change_of",
    "contact_of",
    "deactivate",
    "disable_second_factor",
    "end_session",
    "find_user_id",
    "grant",
    "kept_seconds",
    "make_admin",
    "make_vendor",
    "open_sessions",
    "outgoing",
    "public_keys",
    "reactivate",
    "reader_of",
    "readers_with",
    "refresh",
    "register",
    "renew_recovery_codes",
    "replace_leaked_signing_keys",
    "reset_password",
    "rotate_signing_keys",
    "second_factor_of",
    "send_again",
    "sign_in",
    "sign_in_with_second_factor",
    "sign_out",
    "sign_out_everywhere",
    "sign_up",
    "user_with",
]
