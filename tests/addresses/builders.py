"""What do tests about addresses begin with?"""

from typing import Any

from chalicelib.addresses import service as addresses
from chalicelib.addresses.rules import Place
from chalicelib.addresses.schemas import AddressDraft
from chalicelib.addresses.service import KeptAddress
from chalicelib.core.http import Api
from functions.api.addresses import router
from tests.support.calling import Client
from tests.support.tokens import token_for

BOOK = "/users/me/addresses"
HANA, DAWIT = "usr_HANA", "usr_DAWIT"


def a_place(**changed: str) -> Place:
    given = {"name": "Hana Bekele", "phone": "+251911223344", "line1": "Bole Road 12", "city": "Addis Ababa"}
    return Place(**{"country": "ET", "region": "addis_ababa", **given, **changed})


def a_draft(**changed: Any) -> dict[str, Any]:
    """The body of ``POST /users/me/addresses``."""
    given = {"name": "Hana Bekele", "phone": "0911 22 33 44", "line1": "Bole Road 12", "city": "Addis Ababa"}
    return {**given, "region": "addis_ababa", **changed}


def an_address(user_id: str = HANA, **changed: Any) -> KeptAddress:
    """An address in somebody's book."""
    return addresses.add(user_id, AddressDraft.model_validate(a_draft(**changed)))


def a_reader(user_id: str = HANA) -> Client:
    """Somebody who has signed in, with an app of their own."""
    return Client(Api("addresses", router)).signed_with(token_for(user_id=user_id))


def defaults_in(client: Client) -> dict[str, list[str]]:
    """The ids of all addresses that claim to be a default, by use."""
    found = client.get(BOOK).json["items"]
    return {use: [each["id"] for each in found if each[f"is_default_{use}"]] for use in ("shipping", "billing")}
