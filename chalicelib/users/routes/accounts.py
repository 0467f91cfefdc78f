"""Which operations are there for one's own account?"""

from chalicelib.core.http import Answer, Caller, IfMatch, Keyed, Request, customer, per_address, public
from chalicelib.core.settings import Settings
from chalicelib.users import service as users
from chalicelib.users import views
from chalicelib.users.errors import (
    ChallengeNotFound,
    ChallengeOutdated,
    CodeSpent,
    CodeWrong,
    ContactTaken,
    PasswordGuessable,
    PasswordTooShort,
    PhoneUnknown,
    UserNotFound,
)
from chalicelib.users.routes.router import contact, router
from chalicelib.users.schemas import (
    ChallengeAnswer,
    ChallengeView,
    EmailDraft,
    JwksView,
    PhoneDraft,
    UserChange,
    UserDraft,
    UserView,
)


@router.post(
    "/users",
    access=public,
    status=202,
    keyed=Keyed.REFUSED,
    raises=(PasswordTooShort, PasswordGuessable, PhoneUnknown),
    throttles=(per_address(Settings.sign_ups_per_address),),
)
def create_user(body: UserDraft, request: Request) -> ChallengeView:
    """Sign up as a customer.

    A message goes to the address or number; what it says makes the account. The answer is the same if there is one
    already: then the message says so.
    """
    password = body.password.get_secret_value()
    sent = users.sign_up(contact(body), password=password, name=body.name, locale=request.locale)
    return views.challenge(sent)


@router.post(
    "/users/confirmations",
    access=public,
    status=200,
    keyed=Keyed.REFUSED,
    raises=(ChallengeNotFound, CodeSpent, CodeWrong, ContactTaken),
    throttles=(per_address(Settings.answers_per_address),),
)
def confirm_user(body: ChallengeAnswer) -> None:
    """Make the account of a sign-up with what the message said. Then sign in."""
    users.confirm_sign_up(body.challenge_id, body.code.get_secret_value())


@router.get("/users/me", access=customer, raises=(UserNotFound,))
def read_me(caller: Caller) -> Answer[UserView]:
    """Read one's own account."""
    found = users.account_of(caller.id)
    return Answer(views.account(found), version=found.version)


@router.patch("/users/me", access=customer, if_match=IfMatch.HONOURED, raises=(UserNotFound,))
def change_me(body: UserChange, caller: Caller, request: Request) -> Answer[UserView]:
    """Change one's own name, language or currency. Messages follow the language."""
    changed = users.change_account(caller.id, **body.model_dump(exclude_unset=True), if_version=request.if_version)
    return Answer(views.account(changed), version=changed.version)


@router.post(
    "/users/me/email",
    access=customer.recent,
    status=202,
    keyed=Keyed.REFUSED,
    raises=(UserNotFound,),
    throttles=(per_address(Settings.messages_per_address),),
)
def change_my_email(body: EmailDraft, caller: Caller) -> ChallengeView:
    """Ask for another mail address. Nothing changes before it was confirmed."""
    return views.challenge(users.ask_for_contact(caller.id, users.contact_of(body.email, None)))


@router.post(
    "/users/me/phone",
    access=customer.recent,
    status=202,
    keyed=Keyed.REFUSED,
    raises=(UserNotFound, PhoneUnknown),
    throttles=(per_address(Settings.messages_per_address),),
)
def change_my_phone(body: PhoneDraft, caller: Caller) -> ChallengeView:
    """Ask for another telephone number. Nothing changes before it was confirmed."""
    return views.challenge(users.ask_for_contact(caller.id, users.contact_of(None, body.phone)))


@router.post(
    "/users/me/contacts",
    access=customer,
    status=200,
    keyed=Keyed.REFUSED,
    raises=(ChallengeNotFound, ChallengeOutdated, CodeSpent, CodeWrong, ContactTaken, UserNotFound),
    throttles=(per_address(Settings.answers_per_address),),
)
def confirm_my_contact(body: ChallengeAnswer, caller: Caller) -> None:
    """Give one's account the address or number whose message said this."""
    users.confirm_contact(caller.id, body.challenge_id, body.code.get_secret_value())


@router.post("/users/me/deactivation", access=customer.recent, status=200, raises=(UserNotFound,))
def deactivate_me(caller: Caller) -> None:
    """Close one's account: nobody can sign in any more. Staff can open it again."""
    users.deactivate(caller.id)


@router.get("/.well-known/jwks.json", access=public, is_cacheable=True)
def read_public_keys() -> JwksView:
    """Read the keys that access tokens are checked with (RFC 7517)."""
    return JwksView(keys=users.public_keys())
