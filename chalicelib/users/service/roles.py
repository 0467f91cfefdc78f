"""Who may do what? Roles, permissions and whether somebody may sign in at all."""

from collections.abc import Iterable

from chalicelib.core import audit
from chalicelib.core.errors import demand_version
from chalicelib.core.storage import transactions
from chalicelib.core.storage.identity import Standing, current_standing
from chalicelib.users import rules
from chalicelib.users.enums import Permission, Role
from chalicelib.users.errors import MemberElsewhere, UserNotFound
from chalicelib.users.events import UserDeactivated, UserReactivated, UserRightsChanged
from chalicelib.users.rules import Contact
from chalicelib.users.service import holders, standings
from chalicelib.users.service.accounts import Account, account_from, find_user_id, user_and_standing


def make_admin(contact: Contact) -> str:
    """Let a user do everything; return the user's id. Raises ``UserNotFound``."""
    standing = _standing_of(find_user_id(contact))
    if Role.ADMIN not in standing.roles:
        standing.roles = rules.with_role(standing.roles, Role.ADMIN)
        standings.save(standing)
    return standing.user_id


def make_vendor(user_id: str, vendor_id: str) -> None:
    """Let a user sell for a vendor. Raises ``UserNotFound``, or ``MemberElsewhere`` if they do for another."""
    standing = _standing_of(user_id)
    if standing.vendor_id not in (None, vendor_id):
        raise MemberElsewhere(vendor_id=standing.vendor_id)
    if standing.vendor_id is None:
        standing.vendor_id = vendor_id
        standing.roles = rules.with_role(standing.roles, Role.VENDOR)
        standings.save(standing)


def grant(
    user_id: str,
    *,
    roles: Iterable[Role],
    permissions: Iterable[Permission],
    actor_id: str,
    if_version: int | None = None,
) -> Account:
    """Set somebody's roles and permissions, beside that of a vendor, which comes with membership; return the account.

    Raises ``UserNotFound``, ``OwnRights``, ``RightsBeyondOwn``, or ``PreconditionFailed`` for another number.
    """
    rules.demand_other(user_id, actor_id)
    user, standing = user_and_standing(user_id)
    actor = _standing_of(actor_id)
    demand_version(if_version, standing.number)
    wanted_roles, wanted = rules.rights(rules.kept_with(standing.roles, roles), permissions)
    touched = {*wanted_roles} ^ {*standing.roles}
    rules.demand_grantable(
        touched, {*wanted} ^ {*standing.permissions}, by_roles=actor.roles, by_permissions=actor.permissions
    )
    before = {"roles": standing.roles, "permissions": standing.permissions}
    standing.roles, standing.permissions = wanted_roles, wanted
    audit.changed(before, {"roles": wanted_roles, "permissions": wanted})
    with transactions.write() as work:
        work.save(user, event=UserRightsChanged(user_id=user_id))
        standings.save(standing)
        holders.list_anew(user_id, before["permissions"], wanted)
    return account_from(user, standing)


def deactivate(user_id: str, *, by_staff: str | None = None, reason: str = "") -> None:
    """Let nobody sign in to an account, and end its sessions. What is so already stays so.

    Raises ``UserNotFound``; for staff, ``OwnRights`` or ``RightsBeyondOwn``.
    """
    if by_staff is not None:
        rules.demand_other(user_id, by_staff)
    user, standing = user_and_standing(user_id)
    if by_staff is not None:
        rules.demand_may_close_or_open(standing.roles, by_roles=_standing_of(by_staff).roles)
    if not standing.is_active:
        return
    standing.is_active = False
    audit.changed({"is_active": True}, {"is_active": False, "reason": reason})
    with transactions.write() as work:
        work.save(user, event=UserDeactivated(user_id=user_id, by_staff=by_staff is not None))
        standings.end_sessions(standing)
        if by_staff is None:
            audit.record("deactivation", subject=user_id)


def reactivate(user_id: str, *, by_staff: str, reason: str = "") -> None:
    """Let an account's owner sign in again. Raises ``UserNotFound`` or ``RightsBeyondOwn``."""
    user, standing = user_and_standing(user_id)
    rules.demand_may_close_or_open(standing.roles, by_roles=_standing_of(by_staff).roles)
    if standing.is_active:
        return
    standing.is_active = True
    audit.changed({"is_active": False}, {"is_active": True, "reason": reason})
    with transactions.write() as work:
        work.save(user, event=UserReactivated(user_id=user_id))
        standings.save(standing)


def _standing_of(user_id: str | None) -> Standing:
    standing = None if user_id is None else current_standing(user_id)
    if standing is None:
        raise UserNotFound()
    return standing
