"""What does it add to an operation that it is audited, and what does a search cost?"""

import pytest

from app import app
from chalicelib.core.storage import connection
from infra.bench import budgets
from tests.audit.builders import carry_out_notes, chain, kept_all
from tests.core.shelves import SHELF, an_app
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording
from tests.support.tokens import token_for


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
    assert calls.write_units <= budgets.AUDITED_CHANGE_WRITE_UNITS


def test_an_entry_stays_within_its_units(keeper: Client, aws: Account) -> None:
    reads = connection.audit_table().connection.client
    with recording(aws.dynamodb) as calls, recording(reads) as ends:
        carry_out_notes()

    assert len(chain()) == 1
    assert calls.write_units <= budgets.AUDIT_ENTRY_WRITE_UNITS
    assert ends.read_units <= budgets.AUDIT_ENTRY_READ_UNITS


@pytest.mark.parametrize(
    "query",
    [
        "",
        "subject=prd_coffee",
        "actor=usr_hana",
        "kind=change_product&subject=prd_coffee",
        "since=2026-01-01T00:00:00Z",
    ],
)
def test_a_search_is_a_look_at_the_callers_standing_and_one_query(aws: Account, query: str) -> None:
    auditor = Client(app).signed_with(token_for(permissions=["audit.read"]))
    kept_all(25)
    auditor.get("/audit-entries")

    with recording(aws.dynamodb) as standing, recording(connection.audit_table().connection.client) as trail:
        answer = auditor.get(f"/audit-entries?{query}")

    assert len(answer.json["items"]) == 20
    assert (standing.operations, trail.operations) == (["GetItem"], ["Query"])
    assert trail.read_units <= budgets.AUDIT_PAGE_READ_UNITS
