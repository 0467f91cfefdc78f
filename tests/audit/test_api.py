"""Who may search the audit trail, and what do they see?"""

import pytest

from app import app
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.identity import Standing
from tests.audit.builders import ABEBE, COFFEE, GABI, an_event, carry_out_notes, kept, kept_all
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.tokens import token_for

PATH = "/audit-entries"


@pytest.fixture
def auditor(aws: Account) -> Client:
    return Client(app).signed_with(token_for(user_id="usr_auditor", permissions=["audit.read"]))


def test_an_entry_tells_who_did_what_to_what_and_what_it_changed(auditor: Client) -> None:
    kept(an_event(1, changes=['["email","h•••@example.com",null]'], parts=["lin_1"]))

    (entry,) = auditor.get(PATH).json["items"]

    assert len(entry.pop("hash")) == 64
    assert entry == {
        "number": 1,
        "at": "2026-11-22T06:00:00.000001Z",
        "kind": "change_product",
        "outcome": "done",
        "subject": COFFEE,
        "parts": ["lin_1"],
        "actor": "usr_hana",
        "actor_kind": "staff",
        "request_id": "request-1",
        "address": "198.51.100.7",
        "changes": [{"field": "email", "before": "h•••@example.com", "after": None}],
    }


def test_it_is_searched_by_subject_actor_kind_and_time(auditor: Client) -> None:
    kept(an_event(1), an_event(2, subject=GABI), an_event(3, actor=ABEBE), an_event(4, kind="move_stock"))

    def found(query: str) -> list[int]:
        return [entry["number"] for entry in auditor.get(f"{PATH}?{query}").json["items"]]

    assert found(f"subject={GABI}") == [2]
    assert found(f"actor={ABEBE}&subject={COFFEE}") == [3]
    assert found("kind=move_stock") == [4]
    assert found("since=2026-11-22T06:00:00.000002Z&until=2026-11-22T06:00:00.000004Z") == [3, 2]
    assert found(f"subject={COFFEE}&until=2026-11-22T06:00:00.000002Z") == [1]


def test_pages_lead_on_by_a_cursor_that_fits_no_other_search(auditor: Client) -> None:
    kept_all(3)

    first = auditor.get(f"{PATH}?subject={COFFEE}&limit=2")
    second = auditor.get(f"{PATH}?subject={COFFEE}&limit=2&cursor={first.json['next_cursor']}")
    other = auditor.get(f"{PATH}?actor=usr_hana&limit=2&cursor={first.json['next_cursor']}")

    numbers = [[entry["number"] for entry in page.json["items"]] for page in (first, second)]
    assert (numbers, second.json["next_cursor"]) == ([[3, 2], [1]], None)
    assert (other.status, other.code) == (422, "malformed")


@pytest.mark.parametrize(
    "query",
    [
        "subject=",
        "subject=%20",
        f"actor={'x' * 201}",
        "since=2026-11-22",
        "since=2026-11-22T06:00:00%2B03:00",
        "until=tomorrow",
        "owner=usr_1",
    ],
)
def test_what_cannot_be_searched_for_is_refused(auditor: Client, query: str) -> None:
    assert auditor.get(f"{PATH}?{query}").status == 422


def test_only_staff_with_that_permission_may_look(aws: Account) -> None:
    other_staff = Client(app).signed_with(token_for(permissions=["catalog.manage"]))
    customer = Client(app).signed_with(token_for())
    admin = Client(app).signed_with(token_for(roles=["admin"]))

    answers = [client.get(PATH).status for client in (Client(app), customer, other_staff, admin)]

    assert answers == [401, 403, 403, 200]


def test_whoever_loses_the_permission_sees_nothing_more(auditor: Client) -> None:
    assert auditor.get(PATH).status == 200
    with transactions.write() as work:
        work.replace(Standing.at(keys.standing("usr_auditor"), user_id="usr_auditor", roles=["customer"], number=2))

    assert auditor.get(PATH).status == 401


def test_what_staff_do_is_found_soon(auditor: Client) -> None:
    manager = token_for(user_id="usr_manager", permissions=["vendors.manage"])
    made = Client(app).signed_with(manager).post("/vendors", {"name": "Weavers", "email": "shop@weavers.example"})
    carry_out_notes()

    (entry,) = auditor.get(f"{PATH}?subject={made.json['id']}").json["items"]

    assert (entry["kind"], entry["actor"], entry["address"]) == ("create_vendor", "usr_manager", "127.0.0.1")
