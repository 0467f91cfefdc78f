"""How does somebody with certain rights come into a shop that runs? The one place where tests give rights away.

Making people needs ``market.working_on``: rights are written as an operator would, past the API.
"""

from dataclasses import dataclass, replace

from chalicelib.core.storage import transactions
from chalicelib.core.storage.identity import current_standing
from chalicelib.users import service as users
from chalicelib.users.service import holders
from infra.commands import make_admin
from tests.support.market import PASSWORD, new_address
from tests.support.wire import Api


@dataclass(frozen=True)
class Rights:
    """What somebody may do."""

    roles: tuple[str, ...] = ("customer",)
    permissions: tuple[str, ...] = ()
    vendor_id: str | None = None


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in, or nobody in particular; the API as they call it."""

    api: Api
    user_id: str = ""
    email: str = ""
    refresh_token: str = ""
    rights: Rights = Rights()

    @property
    def is_anonymous(self) -> bool:
        return not self.user_id


def a_person(api: Api, rights: Rights = Rights()) -> Person:
    """Make an account with these rights, and sign in."""
    email = new_address("person")
    make_admin.make_user(email, name="Meron Tesfaye", password=PASSWORD)
    user_id = users.user_with(users.contact_of(email, None))
    _give(user_id, rights)
    return again(Person(api, user_id, email, rights=rights))


def again(person: Person) -> Person:
    """Sign in once more: the same person in a session of its own."""
    tokens = person.api.must("POST", "/sessions", {"email": person.email, "password": PASSWORD})
    api = Api(person.api.url).signed_with(tokens["access_token"])
    return replace(person, api=api, refresh_token=tokens["refresh_token"])


def _give(user_id: str, rights: Rights) -> None:
    standing = current_standing(user_id)
    assert standing, f"{user_id} may do nothing at all"
    standing.roles, standing.permissions = list(rights.roles), list(rights.permissions)
    standing.vendor_id = rights.vendor_id
    with transactions.write() as work:
        work.replace(standing)
        holders.list_anew(user_id, (), rights.permissions)
