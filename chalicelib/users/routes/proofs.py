"""Which operations are there for messages that prove something, and for passwords?"""

from chalicelib.core.http import Caller, Keyed, Request, customer, per_address, public
from chalicelib.core.settings import Settings
from chalicelib.users import service as users
from chalicelib.users import views
from chalicelib.users.errors import (
    ChallengeNotFound,
    CodeSpent,
    CodeWrong,
    PasswordGuessable,
    PasswordTooShort,
    PhoneUnknown,
    ResendTooSoon,
    SessionNotFound,
    UserNotFound,
)
from chalicelib.users.routes.router import contact, router
from chalicelib.users.schemas import ChallengeView, ContactDraft, PasswordChange, PasswordReset


@router.post(
    "/challenges/{challenge_id}/deliveries",
    access=public,
    status=200,
    keyed=Keyed.REFUSED,
    raises=(ChallengeNotFound, ResendTooSoon),
    throttles=(per_address(Settings.messages_per_address),),
)
def send_challenge_again(challenge_id: str) -> None:
    """Send the same message once more. Each time one has to wait twice as long."""
    users.send_again(challenge_id)


@router.post(
    "/password-resets",
    access=public,
    status=202,
    keyed=Keyed.REFUSED,
    raises=(PhoneUnknown,),
    throttles=(per_address(Settings.messages_per_address),),
)
def ask_for_password_reset(body: ContactDraft, request: Request) -> ChallengeView:
    """Ask for a message with which one may set a new password.

    The answer is the same if nobody has that address or number: then no message goes out.
    """
    return views.challenge(users.ask_for_reset(contact(body), locale=request.locale))


@router.post(
    "/password-resets/completions",
    access=public,
    status=200,
    keyed=Keyed.REFUSED,
    raises=(ChallengeNotFound, CodeSpent, CodeWrong, PasswordTooShort, PasswordGuessable, UserNotFound),
    throttles=(per_address(Settings.answers_per_address),),
)
def reset_password(body: PasswordReset) -> None:
    """Set a new password with what the message said. All sessions end; a second factor is asked for as before."""
    users.reset_password(body.challenge_id, body.code.get_secret_value(), body.password.get_secret_value())


@router.post(
    "/users/me/password",
    access=customer.recent,
    status=200,
    keyed=Keyed.REFUSED,
    raises=(PasswordTooShort, PasswordGuessable, SessionNotFound, UserNotFound),
)
def change_my_password(body: PasswordChange, caller: Caller) -> None:
    """Set a new password. All other sessions end."""
    users.change_password(caller.id, caller.session_id or "", body.password.get_secret_value())
