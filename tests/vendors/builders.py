"""Who asks to sell, and who decides about it?"""

from typing import Any

from chalicelib.core.http import Api
from chalicelib.core.storage import transactions
from chalicelib.core.storage.identity import Standing, current_standing
from chalicelib.vendors import service as vendors
from chalicelib.vendors.models import VendorApplication
from chalicelib.vendors.routes import router
from chalicelib.vendors.rules import Business
from tests.support.calling import Client
from tests.support.tokens import token_for

HANA, BEKELE = "usr_hana", "usr_bekele"
WEAVERS = Business(
    name="Shiro Meda Weavers",
    names={"am": "የሽሮ ሜዳ ሸማኔዎች"},
    email="weavers@example.com",
    phone="+251 911 223344",
    description="Gabi and netela, woven by hand.",
    tax_id="0012345678",
)


def an_app() -> Api:
    """An API with vendors in it; a thread needs one of its own."""
    return Api("vendors", router)


def an_applicant(user_id: str = HANA) -> Client:
    """Somebody with an account."""
    return Client(an_app()).signed_with(token_for(user_id=user_id))


def a_reviewer(user_id: str = "usr_sara") -> Client:
    """Somebody who decides about applications."""
    token = token_for(user_id=user_id, roles=["customer", "staff"], permissions=["vendors.approve"])
    return Client(an_app()).signed_with(token)


def a_draft(**members: Any) -> dict[str, Any]:
    """Return an application as it looks on the wire."""
    return {
        "name": WEAVERS.name,
        "names": dict(WEAVERS.names),
        "email": WEAVERS.email,
        "phone": WEAVERS.phone,
        "description": WEAVERS.description,
        "tax_id": WEAVERS.tax_id,
    } | members


def an_application(user_id: str = HANA) -> VendorApplication:
    """An application that waits for an answer, of somebody who has an account."""
    if current_standing(user_id) is None:
        token_for(user_id=user_id)
    return vendors.apply(user_id, WEAVERS)


def deactivated(user_id: str) -> None:
    """Take an account out of use."""
    standing = the_standing(user_id)
    standing.is_active, standing.number = False, standing.number + 1
    with transactions.write() as work:
        work.replace(standing)


def the_standing(user_id: str) -> Standing:
    standing = current_standing(user_id)
    assert standing is not None
    return standing


def as_it_is(application: VendorApplication) -> VendorApplication:
    """The application as it is stored now."""
    return vendors.application_for_staff(application.application_id)
