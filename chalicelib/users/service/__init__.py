"""What can be done with accounts and sessions?"""

from chalicelib.users.errors import MemberElsewhere, UserNotFound
from chalicelib.users.service.access_tokens import public_keys
from chalicelib.users.service.accounts import Account, account_of, change_account, find_user_id, sign_up
from chalicelib.users.service.roles import make_admin, make_vendor
from chalicelib.users.service.sessions import Tokens, refresh, sign_in, sign_out

__all__ = [
    "Account",
    "MemberElsewhere",
    "Tokens",
    "UserNotFound",
    "account_of",
    "change_account",
    "find_user_id",
    "make_admin",
    "make_vendor",
    "public_keys",
    "refresh",
    "sign_in",
    "sign_out",
    "sign_up",
]
