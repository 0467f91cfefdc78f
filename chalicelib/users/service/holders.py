"""Who holds a permission? A row for each of them lies under the permission, so that nobody need look through all users.

It is written with the rights that it follows from. Admins may do everything, but are listed for what was given to
them by name only: who wants to be told of something can be given the permission for it.
"""

from collections.abc import Iterable

from chalicelib.core.storage import keys, transactions
from chalicelib.users import store
from chalicelib.users.enums import Permission
from chalicelib.users.models import PermissionHolder
from chalicelib.users.service.accounts import Reader, reader_from


def list_anew(user_id: str, before: Iterable[str], now: Iterable[str]) -> None:
    """Follow a change of somebody's permissions: 1 write for each that was given or taken."""
    held, holds = set(before), set(now)
    with transactions.write() as work:
        for permission in sorted(holds - held):
            work.replace(_row(permission, user_id))
        for permission in sorted(held - holds):
            work.delete(_row(permission, user_id))


def readers_with(permission: Permission) -> dict[str, Reader]:
    """Return by user id whom messages for holders of a permission go to: those whose account is open.

    1 Query, and 1 BatchGetItem for each 50 of them.
    """
    found = store.users_with_standing(store.holders_of(permission))
    return {
        user.user_id: reader_from(user)
        for user, standing in found
        if standing.is_active and permission in standing.permissions
    }


def _row(permission: str, user_id: str) -> PermissionHolder:
    key = keys.permission_holder(permission, user_id)
    return PermissionHolder.at(key, permission=permission, user_id=user_id)
