"""What do address books ask of the table?"""

import pytest

from chalicelib.addresses import service as addresses
from tests.addresses.builders import BOOK, HANA, a_draft, a_reader, an_address
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import recording


@pytest.fixture
def hana(aws: Account) -> Client:
    return a_reader()


def test_a_book_is_read_with_one_query(hana, aws):
    for _ in range(3):
        an_address()
    hana.get(BOOK)

    with recording(aws.dynamodb) as calls:
        assert len(hana.get(BOOK).json["items"]) == 3

    assert calls.operations == ["Query"]
    assert calls.read_units == 1


def test_a_full_book_is_read_with_one_query_too(aws):
    for _ in range(50):
        an_address(line1="A" * 200, line2="B" * 200)

    with recording(aws.dynamodb) as calls:
        assert len(addresses.addresses_of(HANA)) == 50

    assert calls.operations == ["Query"]


def test_adding_is_one_read_and_one_transaction(hana, aws):
    an_address()
    hana.get(BOOK)

    with recording(aws.dynamodb) as calls:
        assert hana.post(BOOK, a_draft()).status == 201

    assert calls.operations == ["GetItem", "TransactWriteItems"]
    assert len(calls.sent[1].params["TransactItems"]) == 2


@pytest.mark.parametrize("change", [{"city": "Adama"}, {"is_default_shipping": True}])
def test_changing_the_place_or_the_defaults_is_one_conditional_write(hana, aws, change):
    an_address()
    path = f"{BOOK}/{an_address().id}"
    hana.get(BOOK)

    with recording(aws.dynamodb) as calls:
        assert hana.patch(path, change).status == 200

    assert calls.operations == ["BatchGetItem", "PutItem"]
    assert "ConditionExpression" in calls.sent[1].params


def test_changing_both_is_one_transaction_and_changing_nothing_is_no_write(hana, aws):
    an_address()
    path = f"{BOOK}/{an_address().id}"
    hana.get(BOOK)

    with recording(aws.dynamodb) as calls:
        hana.patch(path, {"city": "Adama", "is_default_shipping": True})
        hana.patch(path, {"city": "Adama", "is_default_shipping": True})

    assert calls.operations == ["BatchGetItem", "TransactWriteItems", "BatchGetItem"]


def test_deleting_is_one_read_and_one_transaction(hana, aws):
    path = f"{BOOK}/{an_address().id}"
    hana.get(BOOK)

    with recording(aws.dynamodb) as calls:
        assert hana.delete(path).status == 204

    assert calls.operations == ["BatchGetItem", "TransactWriteItems"]
