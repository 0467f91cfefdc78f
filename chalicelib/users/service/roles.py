"""Who may do what? Roles, each change of which makes the tokens given out before it stale."""

from chalicelib.core.storage import transactions
from chalicelib.core.storage.identity import Standing, current_standing
from chalicelib.users import rules
from chalicelib.users.enums import Role
from chalicelib.users.errors import MemberElsewhere, UserNotFound
from chalicelib.users.service.accounts import find_user_id


def make_admin(email: str) -> str:
    """Let a user do everything; return the user's id. Raises ``UserNotFound``."""
    standing = _standing_of(find_user_id(email))
    if Role.ADMIN not in standing.roles:
        standing.roles = rules.with_role(standing.roles, Role.ADMIN)
        _save(standing)
    return standing.user_id


def make_vendor(user_id: str, vendor_id: str) -> None:
    """Let a user sell for a vendor. Raises ``UserNotFound``, or ``MemberElsewhere`` if they do for another."""
    standing = _standing_of(user_id)
    if standing.vendor_id not in (None, vendor_id):
        raise MemberElsewhere(vendor_id=standing.vendor_id)
    if standing.vendor_id is None:
        standing.vendor_id = vendor_id
        standing.roles = rules.with_role(standing.roles, Role.VENDOR)
        _save(standing)


def _standing_of(user_id: str | None) -> Standing:
    standing = None if user_id is None else current_standing(user_id)
    if standing is None:
        raise UserNotFound()
    return standing


def _save(standing: Standing) -> None:
    read = standing.number
    standing.number = read + 1
    with transactions.write() as work:
        work.replace(standing, when=Standing.number == read)
