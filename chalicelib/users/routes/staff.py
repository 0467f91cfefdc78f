"""Which operations are there for staff who look after accounts?"""

from chalicelib.core.http import Answer, Caller, IfMatch, Request, staff
from chalicelib.users import service as users
from chalicelib.users import views
from chalicelib.users.enums import Role
from chalicelib.users.errors import OwnRights, PhoneUnknown, RightsBeyondOwn, UserNotFound
from chalicelib.users.routes.router import contact, router
from chalicelib.users.schemas import ContactDraft, Reason, RightsChange, UserRecord

_manager = staff("users.manage").fresh


@router.post("/staff/users/searches", access=_manager, status=200, raises=(PhoneUnknown, UserNotFound))
def find_user_as_staff(body: ContactDraft) -> Answer[UserRecord]:
    """Find the account that has a mail address or a telephone number, which no address of a page should name."""
    return _shown(users.account_of(users.user_with(contact(body))))


@router.get("/staff/users/{user_id}", access=_manager, raises=(UserNotFound,))
def read_user_as_staff(user_id: str) -> Answer[UserRecord]:
    """Read an account. Its tag's version counts the changes of its rights."""
    return _shown(users.account_of(user_id))


@router.patch(
    "/staff/users/{user_id}/rights",
    access=_manager,
    if_match=IfMatch.REQUIRED,
    raises=(UserNotFound, OwnRights, RightsBeyondOwn),
)
def change_rights(user_id: str, *, body: RightsChange, caller: Caller, request: Request) -> Answer[UserRecord]:
    """Set what somebody may do. It acts at once wherever the shop checks rights afresh."""
    roles = [Role(role) for role in body.roles]
    account = users.grant(
        user_id, roles=roles, permissions=body.permissions, actor_id=caller.id, if_version=request.if_version
    )
    return _shown(account)


@router.post(
    "/staff/users/{user_id}/deactivation",
    access=_manager,
    status=200,
    raises=(UserNotFound, OwnRights, RightsBeyondOwn),
)
def deactivate_user(user_id: str, body: Reason, caller: Caller) -> None:
    """Let nobody sign in to an account any more. The reason goes into the audit trail."""
    users.deactivate(user_id, by_staff=caller.id, reason=body.reason)


@router.post("/staff/users/{user_id}/reactivation", access=_manager, status=200, raises=(UserNotFound, RightsBeyondOwn))
def reactivate_user(user_id: str, body: Reason, caller: Caller) -> None:
    """Let the owner of an account sign in again."""
    users.reactivate(user_id, by_staff=caller.id, reason=body.reason)


def _shown(found: users.Account) -> Answer[UserRecord]:
    return Answer(views.record(found), version=found.number)
