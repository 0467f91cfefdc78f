"""How do people keep their addresses?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.core import tokens
from chalicelib.core.http import Api
from functions.api.addresses import router
from tests.addresses.builders import BOOK, DAWIT, a_draft, a_reader, an_address, defaults_in
from tests.support.account import Account
from tests.support.calling import Client


@pytest.fixture
def hana(aws: Account) -> Client:
    return a_reader()


def test_an_address_is_kept_as_it_was_written_with_its_phone_as_it_is_dialled(hana):
    added = hana.post(BOOK, a_draft(line2="3rd floor", postal_code="1000"), accept_language="am")

    assert added.status == 201, added.text
    assert added.json | {"id": ""} == {
        "id": "",
        "name": "Hana Bekele",
        "phone": "+251911223344",
        "line1": "Bole Road 12",
        "line2": "3rd floor",
        "city": "Addis Ababa",
        "region": "addis_ababa",
        "region_name": "አዲስ አበባ",
        "postal_code": "1000",
        "country": "ET",
        "is_default_shipping": True,
        "is_default_billing": True,
    }
    assert added.headers["location"] == f"https://shop.test/v1{BOOK}/{added.json['id']}"
    assert added.headers["cache-control"] == "no-store"
    assert hana.get(f"{BOOK}/{added.json['id']}", accept_language="am").json == added.json


def test_the_book_lists_all_addresses_the_oldest_first(hana):
    ids = [hana.post(BOOK, a_draft(city=city)).json["id"] for city in ("Harar", "Gondar", "Jimma")]

    listed = hana.get(BOOK)

    assert [each["id"] for each in listed.json["items"]] == ids
    assert listed.json["next_cursor"] is None


def test_an_empty_book_is_an_empty_list(hana):
    assert hana.get(BOOK).json == {"items": [], "next_cursor": None}


def test_naming_a_default_takes_it_from_the_one_before(hana):
    home = hana.post(BOOK, a_draft()).json["id"]
    office = hana.post(BOOK, a_draft(is_default_shipping=True)).json["id"]
    assert defaults_in(hana) == {"shipping": [office], "billing": [home]}

    changed = hana.patch(f"{BOOK}/{office}", {"is_default_billing": True})

    assert changed.json["is_default_billing"] is True
    assert defaults_in(hana) == {"shipping": [office], "billing": [office]}


def test_a_default_can_be_given_up(hana):
    home = hana.post(BOOK, a_draft()).json["id"]

    assert hana.patch(f"{BOOK}/{home}", {"is_default_shipping": False}).status == 200

    assert defaults_in(hana) == {"shipping": [], "billing": [home]}


def test_a_deleted_default_leaves_none_and_the_next_address_takes_its_place(hana):
    home, office = (hana.post(BOOK, a_draft()).json["id"] for _ in range(2))

    deleted = hana.delete(f"{BOOK}/{home}")

    assert (deleted.status, deleted.text) == (204, "")
    assert defaults_in(hana) == {"shipping": [], "billing": []}
    mothers = hana.post(BOOK, a_draft(is_default_billing=False)).json["id"]
    assert [each["id"] for each in hana.get(BOOK).json["items"]] == [office, mothers]
    assert defaults_in(hana) == {"shipping": [mothers], "billing": []}


def test_a_change_leaves_what_it_does_not_name(hana):
    home = hana.post(BOOK, a_draft(line2="3rd floor")).json

    changed = hana.patch(f"{BOOK}/{home['id']}", {"phone": "+254 712 345678", "line2": ""})

    assert changed.json == {**home, "phone": "+254712345678", "line2": ""}


def test_moving_abroad_frees_the_region_and_moving_back_needs_one(hana):
    path = f"{BOOK}/{hana.post(BOOK, a_draft()).json['id']}"

    abroad = hana.patch(path, {"country": "KE", "region": "Nairobi County", "city": "Nairobi"})
    back = hana.patch(path, {"country": "ET"})

    assert (abroad.json["region"], abroad.json["region_name"]) == ("Nairobi County", "Nairobi County")
    assert (back.status, back.code) == (422, "address_region_unknown")
    assert "tigray" in back.json["regions"]
    assert hana.patch(path, {"country": "ET", "region": "tigray"}).json["region_name"] == "Tigray"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"phone": "0811223344"}, "address_phone_invalid"),
        ({"phone": "call me"}, "malformed"),
        ({"region": "Gojjam"}, "address_region_unknown"),
        ({"country": "Ethiopia"}, "malformed"),
        ({"line1": "  "}, "malformed"),
        ({"city": None}, "malformed"),
        ({"is_default_shipping": "yes"}, "malformed"),
        ({"is_default_billing": None}, "malformed"),
        ({"user_id": "usr_DAWIT"}, "malformed"),
    ],
)
def test_what_will_not_do_is_refused_and_changes_nothing(hana, change, code):
    before = hana.post(BOOK, a_draft()).json
    path = f"{BOOK}/{before['id']}"

    answers = [hana.post(BOOK, a_draft(**change)), hana.patch(path, change)]

    assert [(answer.status, answer.code) for answer in answers] == [(422, code)] * 2
    assert hana.get(BOOK).json["items"] == [before]


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused(hana):
    added = hana.post(BOOK, a_draft())
    path, old = f"{BOOK}/{added.json['id']}", added.headers["etag"]
    current = hana.patch(path, {"city": "Adama"}, if_match=old).headers["etag"]

    assert hana.patch(path, {"city": "Bishoftu"}, if_match=old).status == 412
    assert hana.delete(path, if_match=old).status == 412
    assert hana.get(path, if_none_match=current).status == 304
    assert hana.delete(path, if_match=current).status == 204


def test_another_users_address_is_not_there(hana):
    path = f"{BOOK}/{hana.post(BOOK, a_draft()).json['id']}"
    dawit = a_reader(DAWIT)
    dawit.post(BOOK, a_draft())

    answers = [dawit.get(path), dawit.patch(path, {"city": "Adama"}), dawit.delete(path)]

    assert [(answer.status, answer.code) for answer in answers] == [(404, "address_not_found")] * 3
    assert hana.get(path).json["city"] == "Addis Ababa"
    assert len(dawit.get(BOOK).json["items"]) == 1


def test_nobody_has_a_book_without_signing_in(aws):
    nobody = Client(Api("addresses", router))
    guest = nobody.signed_with(tokens.guest_token("crt_1"))

    assert (nobody.get(BOOK).status, nobody.post(BOOK, a_draft()).status) == (401, 401)
    assert (guest.get(BOOK).status, guest.post(BOOK, a_draft()).status) == (401, 401)


def test_a_full_book_says_so_until_there_is_room(hana, monkeypatch):
    monkeypatch.setenv("ADDRESSES_LIMIT", "2")
    first = hana.post(BOOK, a_draft()).json["id"]
    hana.post(BOOK, a_draft())

    full = hana.post(BOOK, a_draft())
    hana.delete(f"{BOOK}/{first}")

    assert (full.status, full.code, full.json["limit"]) == (409, "address_book_full", 2)
    assert hana.post(BOOK, a_draft()).status == 201


def test_many_at_once_neither_overfill_a_book_nor_make_two_defaults(hana, monkeypatch):
    monkeypatch.setenv("ADDRESSES_LIMIT", "4")
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "20")
    readers = [a_reader() for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        draft = a_draft(is_default_shipping=True, is_default_billing=True)
        answers = list(pool.map(lambda reader: reader.post(BOOK, draft), readers))

    assert sorted(answer.status for answer in answers) == [201] * 4 + [409] * 4
    assert len(hana.get(BOOK).json["items"]) == 4
    assert {use: len(ids) for use, ids in defaults_in(hana).items()} == {"shipping": 1, "billing": 1}


def test_an_address_deleted_while_it_becomes_the_default_is_never_one(aws, monkeypatch):
    monkeypatch.setenv("WRITE_PATIENCE_SECONDS", "20")
    an_address()
    path = f"{BOOK}/{an_address().id}"
    one, other = a_reader(), a_reader()

    with ThreadPoolExecutor(2) as pool:
        named = pool.submit(one.patch, path, {"is_default_shipping": True})
        deleted = pool.submit(other.delete, path)

    assert (named.result().status, deleted.result().status) in [(200, 204), (404, 204)]
    left = one.get(BOOK).json["items"]
    assert len(left) == 1
    assert len(defaults_in(one)["shipping"]) <= 1
    assert one.post(BOOK, a_draft(is_default_shipping=False)).json["is_default_shipping"] is False


def test_an_address_is_added_once_however_often_it_is_sent(hana):
    first, again = (hana.post(BOOK, a_draft(), idempotency_key="my-home") for _ in range(2))

    assert (first.status, first.json) == (again.status, again.json)
    assert len(hana.get(BOOK).json["items"]) == 1


def test_everybody_reads_the_regions_in_their_language_and_caches_keep_them(aws):
    anybody = Client(Api("addresses", router))

    english, amharic = anybody.get("/regions"), anybody.get("/regions", accept_language="am-ET")

    assert len(english.json["items"]) == 14
    assert english.json["items"][0] == {"code": "addis_ababa", "name": "Addis Ababa"}
    assert amharic.json["items"][0] == {"code": "addis_ababa", "name": "አዲስ አበባ"}
    assert english.headers["cache-control"].startswith("public, max-age=")
    assert "Accept-Language" in english.headers["vary"]
