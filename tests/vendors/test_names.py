"""Is a vendor called what its readers call it?"""

import pytest

from chalicelib.core.storage import connection, keys
from chalicelib.vendors import rules
from functions.api.catalog import app as catalog
from functions.api.vendors import app
from tests.catalog.builders import a_category, a_draft
from tests.support.account import TABLE, Account
from tests.support.calling import Client
from tests.support.tokens import token_for

UNION = {"id": "ven_GEDEO", "name": "Gedeo Union", "email": "shop@gedeo.example", "names": {"am": "የጌዴኦ ኅብረት"}}


@pytest.fixture
def staff(aws: Account) -> Client:
    return Client(app).signed_with(token_for(permissions=["vendors.manage", "catalog.manage"]))


def names_seen(client: Client) -> dict[str, str]:
    """Return what readers of each language see in the list."""
    return {
        locale: client.get("/vendors", accept_language=locale).json["items"][0]["name"] for locale in ("en", "am", "fr")
    }


def test_readers_see_a_vendor_by_its_name_in_their_language(staff: Client) -> None:
    answer = staff.post("/vendors", UNION)

    assert answer.status == 201, answer.text
    assert answer.json["names"] == {"en": "Gedeo Union", "am": "የጌዴኦ ኅብረት"}
    assert names_seen(staff) == {"en": "Gedeo Union", "am": "የጌዴኦ ኅብረት", "fr": "Gedeo Union"}


def test_a_product_names_its_vendor_in_the_readers_language(staff: Client) -> None:
    staff.post("/vendors", UNION)
    a_category("coffee")
    shopper = Client(catalog)

    path = Client(catalog, **staff.headers).post("/products", a_draft()).headers["location"].partition("/v1")[2]

    assert shopper.get(path, accept_language="am").json["vendor"]["name"] == "የጌዴኦ ኅብረት"
    assert shopper.get(path, accept_language="en").json["vendor"]["name"] == "Gedeo Union"


def test_a_vendor_with_one_name_goes_by_it_everywhere(staff: Client) -> None:
    staff.post("/vendors", UNION | {"name": "ኅብረት", "names": {}})

    assert names_seen(staff) == dict.fromkeys(("en", "am", "fr"), "ኅብረት")


def test_staff_add_a_name_and_rename(staff: Client) -> None:
    tag = staff.post("/vendors", UNION | {"names": {}}).headers["etag"]

    named = staff.patch("/vendors/ven_GEDEO", {"names": {"am": "ኅብረት"}}, if_match=tag)
    renamed = staff.patch("/vendors/ven_GEDEO", {"name": "Gedeo Growers"}, if_match=named.headers["etag"])

    assert (named.status, named.json["names"]) == (200, {"en": "Gedeo Union", "am": "ኅብረት"})
    assert (renamed.json["name"], renamed.json["names"]) == ("Gedeo Growers", {"en": "Gedeo Growers", "am": "ኅብረት"})
    assert staff.get("/staff/vendors/ven_GEDEO").json == renamed.json


def test_two_people_do_not_overwrite_each_other(staff: Client) -> None:
    tag = staff.post("/vendors", UNION).headers["etag"]
    staff.patch("/vendors/ven_GEDEO", {"name": "Growers"}, if_match=tag)

    late = staff.patch("/vendors/ven_GEDEO", {"name": "Union"}, if_match=tag)
    blind = staff.patch("/vendors/ven_GEDEO", {"name": "Union"})
    unknown = staff.patch("/vendors/ven_NOBODY", {"name": "Union"}, if_match=tag)

    assert [late.status, blind.status, unknown.status] == [412, 428, 404]
    assert staff.get("/staff/vendors/ven_GEDEO").json["name"] == "Growers"


def test_a_vendor_stored_before_there_were_names_is_read_as_one_that_has_them(staff: Client) -> None:
    key = keys.vendor("ven_OLD")
    row = {"pk": key.pk, "sk": key.sk, "kind": "vendor", "vendor_id": "ven_OLD", "name": "የሸማ ሥራ"}
    row |= {"email": "shema@example.com", "created_at": "2026-01-02T03:04:05.000000Z"}
    numbers = {"schema_version": {"N": "1"}, "version": {"N": "1"}}
    raw = {name: {"S": value} for name, value in row.items()} | numbers
    connection.table().connection.client.put_item(TableName=TABLE, Item=raw)

    assert staff.get("/staff/vendors/ven_OLD").json["names"] == {"am": "የሸማ ሥራ"}
    assert names_seen(staff)["en"] == "የሸማ ሥራ"


@pytest.mark.parametrize(
    ("name", "language"), [("Gedeo Union", "en"), ("ኅብረት", "am"), ("Gedeo ኅብረት", "am"), ("", "en")]
)
def test_the_script_of_a_name_tells_its_language(name: str, language: str) -> None:
    assert rules.language_of(name) == language
