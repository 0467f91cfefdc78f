"""Is all that staff change noted for the audit trail, in the same transaction, and nothing that did not happen?"""

import pytest

from chalicelib.core import audit, clock
from chalicelib.core.audit import AuditNote, Doer
from chalicelib.core.events.event import DATA_LIMIT_BYTES, size_of
from chalicelib.core.settings import settings
from chalicelib.core.storage import transactions
from chalicelib.core.storage.table import Item
from tests.core.shelves import SHELF, Shelf, an_app, announced, key_of, notes, shelf
from tests.support.account import TABLE, Account
from tests.support.calling import Client
from tests.support.faults import failing
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

LABEL = {"label": "coffee"}


@pytest.fixture
def keeper(aws: Account) -> Client:
    """A member of staff who may do all about shelves."""
    token = token_for(user_id="usr_keeper", permissions=["shelves.manage"])
    return Client(an_app(), x_request_id="request-1").signed_with(token)


@pytest.fixture
def stranger(aws: Account) -> Client:
    """A customer, who may not."""
    return Client(an_app()).signed_with(token_for(user_id="usr_stranger"))


def test_what_staff_make_is_noted_with_who_and_whence(keeper: Client) -> None:
    keeper.post("/shelves", LABEL)

    assert notes() == [
        {
            "subject": SHELF,
            "kind": "put_up_shelf",
            "outcome": "done",
            "actor": "usr_keeper",
            "actor_kind": "staff",
            "request_id": "request-1",
            "address": "127.0.0.1",
            "parts": [],
            "changes": [["label", None, "coffee"]],
        }
    ]


def test_the_note_is_in_the_transaction_of_the_effect(keeper: Client, aws: Account) -> None:
    with recording(aws.dynamodb) as calls:
        keeper.post("/shelves", LABEL)

    assert [each for each in calls.operations if each != "Query"] == ["TransactWriteItems"]
    assert len(calls.sent[-1].params["TransactItems"]) == 2


def test_with_a_key_effect_note_and_reply_are_one_transaction(keeper: Client, aws: Account) -> None:
    with recording(aws.dynamodb) as calls:
        first = keeper.post("/shelves", LABEL, idempotency_key="key-1")
        second = keeper.post("/shelves", LABEL, idempotency_key="key-1")

    assert (first.status, second.text, len(notes())) == (201, first.text, 1)
    assert [len(call.params["TransactItems"]) for call in calls.sent if call.operation == "TransactWriteItems"] == [3]


def test_a_change_is_noted_with_before_and_after_and_without_secrets(keeper: Client) -> None:
    keeper.post("/shelves", LABEL)

    keeper.patch(f"/shelves/{SHELF}", {"label": "tea"})

    assert notes()[-1]["changes"] == [["label", "coffee", "tea"], ["password", "•••", "•••"]]


def test_what_was_refused_has_neither_effect_nor_note(keeper: Client) -> None:
    keeper.post("/shelves", LABEL)

    assert keeper.patch(f"/shelves/{SHELF}", {"label": "full"}).status == 409

    found = shelf()
    assert found is not None
    assert (found.label, len(notes())) == ("coffee", 1)


def test_without_its_note_nothing_happens(keeper: Client, aws: Account) -> None:
    with failing(aws.dynamodb, "TransactWriteItems", "InternalServerError", times=100):
        assert keeper.post("/shelves", LABEL).status == 500

    assert (shelf(), notes()) == (None, [])


def test_what_has_no_id_is_noted_under_its_domain(keeper: Client) -> None:
    keeper.post("/shelf_orders", LABEL)

    assert [(note["subject"], note["parts"]) for note in notes()] == [("shelves", [])]


def test_a_part_is_noted_under_the_thing_that_it_is_of(keeper: Client) -> None:
    keeper.delete(f"/shelves/{SHELF}/boards/board_7")

    assert [(note["subject"], note["parts"]) for note in notes()] == [(SHELF, ["board_7"])]


def test_reading_and_what_customers_do_is_not_noted(keeper: Client, stranger: Client) -> None:
    assert keeper.get(f"/shelves/{SHELF}").status == 200
    assert stranger.post(f"/shelves/{SHELF}/looks").status == 201

    assert notes() == []


def test_whoever_is_turned_away_is_noted(stranger: Client) -> None:
    assert stranger.get(f"/shelves/{SHELF}").status == 403

    (note,) = notes()
    assert (note["kind"], note["outcome"], note["subject"]) == ("access.refused", "refused", SHELF)
    assert (note["actor"], note["actor_kind"], note["parts"]) == ("usr_stranger", "customer", ["read_shelf"])


def test_trying_again_and_again_makes_no_more_notes(stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        stranger.get(f"/shelves/shelf_{number}")
    stranger.patch(f"/shelves/{SHELF}", LABEL)

    assert sorted(note["parts"][0] for note in notes()) == ["read_shelf", "relabel_shelf"]

    monkeypatch.setenv("ACCESS_TOKEN_SECONDS", "899")
    stranger.get(f"/shelves/{SHELF}")

    assert len(notes()) == 3


def test_nobody_escapes_the_note_by_the_name_of_what_they_ask_for(stranger: Client) -> None:
    assert stranger.get(f"/shelves/{'%01' * 900}").status == 403

    assert [note["subject"] for note in notes()] == ["?"]


def test_whoever_has_not_signed_in_is_not_noted(aws: Account) -> None:
    assert Client(an_app()).get(f"/shelves/{SHELF}").status == 401

    assert notes() == []


def test_a_refusal_stands_even_when_it_cannot_be_noted(stranger: Client, aws: Account) -> None:
    with failing(aws.dynamodb, "PutItem", "InternalServerError", times=100):
        assert stranger.get(f"/shelves/{SHELF}").status == 403


@pytest.mark.parametrize(
    ("rights", "kind"),
    [
        ({"roles": ["admin"], "permissions": ["shelves.manage"]}, "admin"),
        ({"roles": ["staff"], "permissions": ["shelves.manage"]}, "staff"),
        ({"roles": ["customer"], "permissions": ["shelves.manage"]}, "staff"),
    ],
)
def test_the_capacity_in_which_somebody_acts_is_noted(aws: Account, rights: dict[str, list[str]], kind: str) -> None:
    Client(an_app()).signed_with(token_for(**rights)).post("/shelves", LABEL)

    assert [note["actor_kind"] for note in notes()] == [kind]


def test_a_service_notes_by_itself_what_no_door_tells(aws: Account) -> None:
    with audit.acting(Doer("root", "operator")):
        audit.record("shelf.blessed", subject=SHELF, changes={"blessed": (False, True)})
    audit.record("shelf.dusted", subject=SHELF)

    blessed, dusted = notes()
    assert (blessed["actor"], blessed["actor_kind"], blessed["changes"]) == (
        "root",
        "operator",
        [["blessed", "false", "true"]],
    )
    assert (dusted["actor"], dusted["actor_kind"], dusted["changes"]) == ("", "system", [])


def test_a_note_joins_the_transaction_that_is_open(aws: Account) -> None:
    def bless_what_is_not_there() -> None:
        with transactions.write() as work:
            audit.record("shelf.blessed", subject=SHELF)
            work.check(Shelf.at(key_of(SHELF), label=""), when=Item.pk.exists())

    with pytest.raises(transactions.StaleItem):
        bless_what_is_not_there()

    assert notes() == []


def test_what_a_field_was_at_first_is_what_it_was_before(aws: Account) -> None:
    with audit.recording("shelf.moved") as record:
        record.subject = SHELF
        audit.changed({"row": 1, "label": "tea"}, {"row": 2, "label": "tea"})
        audit.changed({"row": 2}, {"row": 3})

    assert notes()[0]["changes"] == [["row", "1", "3"]]


def test_outside_a_record_a_change_is_nobodys_business(aws: Account) -> None:
    audit.changed({"row": 1}, {"row": 2})

    assert notes() == []


def test_a_note_is_about_something(aws: Account) -> None:
    with pytest.raises(ValueError, match=r"shelf\.dusted was done to nothing"):
        audit.record("shelf.dusted", subject="")


@pytest.mark.parametrize("letter", ["x", "ዳ", '"', "\x00"])
def test_however_much_changed_it_fits_into_an_event(aws: Account, letter: str) -> None:
    changes = {f"field_{number}": (letter * 5_000, None) for number in range(30)}

    audit.record("shelf.moved", subject=SHELF, changes=changes)

    (event,) = announced()
    assert size_of(event["data"]) <= DATA_LIMIT_BYTES
    left_out = notes()[0]["changes"][-1]
    assert left_out == ["…", None, f"{31 - len(notes()[0]['changes'])} more"]


def test_a_note_is_kept_as_long_as_events_may_be_announced_again(aws: Account) -> None:
    audit.record("shelf.dusted", subject=SHELF)

    rows = aws.dynamodb.scan(TableName=TABLE)["Items"]
    (note,) = [Item.from_raw_data(row) for row in rows]
    assert isinstance(note, AuditNote)
    left = (note.expires_at or 0) - clock.epoch_seconds()
    assert 0 <= settings.event_marker_kept_seconds - left <= 60
