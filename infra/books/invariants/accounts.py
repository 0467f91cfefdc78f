"""Does every contact lead to its account, is every account whole, and does nothing of an account lie about alone?"""

from collections.abc import Iterator

from chalicelib.core.storage import keys
from chalicelib.core.storage.identity import Standing
from chalicelib.core.storage.key import Key
from chalicelib.users.enums import Purpose, Role
from chalicelib.users.models import (
    Challenge,
    Credential,
    EmailGuard,
    PermissionHolder,
    PhoneGuard,
    SecondFactor,
    Session,
    User,
)
from infra.books.ledger import Books, Troubles

_PARTS = (Credential, Standing, SecondFactor, Session)


def contacts_lead_to_their_accounts(books: Books) -> Troubles:
    """An address or number is guarded for the account that has it, and for no other."""
    had = {key: user.user_id for user in books.all(User) for key in _guards_of(user)}
    guards: list[EmailGuard | PhoneGuard] = [*books.all(EmailGuard), *books.all(PhoneGuard)]
    guarded = {guard.key: guard.user_id for guard in guards}
    for key, user_id in had.items():
        if guarded.get(key) != user_id:
            yield key, f"belongs to {user_id}, and is guarded for {guarded.get(key)}"
    for key in guarded.keys() - had.keys():
        yield key, f"is guarded for {guarded[key]}, who does not have it"


def accounts_are_whole(books: Books) -> Troubles:
    """An account can be reached, has a password and rights; rights, factors and sessions belong to an account."""
    for user in books.all(User):
        if not list(_guards_of(user)):
            yield user.key, "can be reached by nothing"
        if books.find(Credential, keys.credential(user.user_id)) is None:
            yield user.key, "has no password"
        if books.find(Standing, keys.standing(user.user_id)) is None:
            yield user.key, "has no rights"
    for part in (each for kind in _PARTS for each in books.all(kind)):
        if books.find(User, keys.user(part.pk.partition("#")[2])) is None:
            yield part.key, "belongs to nobody"


def members_sell_for_a_vendor(books: Books) -> Troubles:
    """Whoever has a vendor's role sells for one, and nobody else does."""
    for standing in books.all(Standing):
        if (Role.VENDOR in standing.roles) != (standing.vendor_id is not None):
            yield standing.key, f"has the roles {standing.roles}, and sells for {standing.vendor_id}"


def holders_are_listed(books: Books) -> Troubles:
    """Whoever holds a permission is found by it, and nobody else is."""
    held = {keys.permission_holder(each, who.user_id) for who in books.all(Standing) for each in who.permissions}
    listed = {holder.key for holder in books.all(PermissionHolder)}
    for key in held - listed:
        yield key, "holds it, and is not found by it"
    for key in listed - held:
        yield key, "is found by it, and does not hold it"


def answered_sign_ups_keep_no_password(books: Books) -> Troubles:
    """The hash of a password lies with a sign-up only as long as that waits for its answer."""
    for challenge in books.all(Challenge):
        is_waiting = challenge.answered_at is None and challenge.purpose in (Purpose.SIGN_UP, Purpose.SIGN_UP_KNOWN)
        if challenge.password_hash is not None and not is_waiting:
            yield challenge.key, "keeps a password's hash"


def _guards_of(user: User) -> Iterator[Key]:
    if user.email is not None:
        yield keys.email_guard(user.email)
    if user.phone is not None:
        yield keys.phone_guard(user.phone)
