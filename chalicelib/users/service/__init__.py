"""What can be done with accounts and sessions?"""

from chalicelib.users.errors import MemberElsewhere, UserNotFound
from chalicelib.users.service.accounts import Account, account_of, change_account, find_user_id, sign_up
from chalicelib.users.service.roles import make_admin, make_vendor
from chalicelib.users.service.sessions import Tokens, refresh, sign_in, sign_out
from chalicelib.users.service.signing_keys import (
    Rotation,
    public_keys,
    replace_leaked_signing_keys,
    rotate_signing_keys,
)

__all__ = [
    "Account",
    "MemberElsewhere",
    "Rotation",
    "Tokens",
    "UserNotFound",
    "account_of",
    "change_account",
    "find_user_id",
    "make_admin",
    "make_vendor",
    "public_keys",
    "refresh",
    "replace_leaked_signing_keys",
    "rotate_signing_keys",
    "sign_in",
    "sign_out",
    "sign_up",
]
