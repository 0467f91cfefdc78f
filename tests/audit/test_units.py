"""What does it add to an operation that it is audited?"""

import pytest

from chalicelib.core.storage import connection
from tests.audit.builders import carry_out_notes, chain
from tests.core.shelves import SHELF, an_app
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for

# The effect's put, which costs twice as much in a transaction, and the note.
WRITE_UNITS_OF_A_SMALL_CHANGE = 4
# Guard and entry, twice as dear in a transaction, and three index entries.
WRITE_UNITS_OF_AN_ENTRY = 7


@pytest.fixture
def keeper(aws: Account) -> Client:
    client = Client(an_app()).signed_with(token_for(permissions=["shelves.manage"]))
    client.post("/shelves", {"label": "coffee"})
    return client


def test_the_operation_makes_one_more_put_and_no_more_calls(keeper: Client, aws: Account) -> None:
    keeper.patch(f"/shelves/{SHELF}", {"label": "milk"})
    with recording(aws.dynamodb) as calls:
        keeper.patch(f"/shelves/{SHELF}", {"label": "tea"})

    assert calls.operations == ["GetItem", "TransactWriteItems"]
    assert len(calls.sent[-1].params["TransactItems"]) == 2
    assert calls.write_units <= WRITE_UNITS_OF_A_SMALL_CHANGE


def test_an_entry_stays_within_its_units(keeper: Client, aws: Account) -> None:
    reads = connection.audit_table().connection.client
    with recording(aws.dynamodb) as calls, recording(reads) as ends:
        carry_out_notes()

    assert len(chain()) == 1
    assert calls.write_units <= WRITE_UNITS_OF_AN_ENTRY
    assert ends.read_units <= 1
