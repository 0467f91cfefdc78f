"""What do vendors and their applications ask of the table?"""

from chalicelib.vendors import service as vendors
from chalicelib.vendors.rules import ApplicationStatus
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.recorded_calls import Calls, recording
from tests.vendors.builders import HANA, WEAVERS, an_app, an_application

GET, BATCH, PUT, QUERY, TRANSACT = "GetItem", "BatchGetItem", "PutItem", "Query", "TransactWriteItems"


def written(calls: Calls) -> int:
    """Items of the one transaction."""
    [transaction] = [call for call in calls.sent if call.operation == TRANSACT]
    return len(transaction.params["TransactItems"])


def test_applying_is_one_read_and_one_transaction(aws: Account) -> None:
    vendors.withdraw(HANA, an_application(HANA).application_id)

    with recording(aws.dynamodb) as calls:
        vendors.apply(HANA, WEAVERS)

    assert calls.operations == [BATCH, TRANSACT]
    assert written(calls) == 3


def test_an_approval_is_one_transaction(aws: Account) -> None:
    application = an_application()

    with recording(aws.dynamodb) as calls:
        vendors.approve(application.application_id, by="usr_sara")

    assert calls.operations == [GET, GET, GET, GET, TRANSACT]
    assert written(calls) == 5


def test_a_rejection_and_a_withdrawal_are_one_transaction_each(aws: Account) -> None:
    rejected, withdrawn = an_application("usr_1"), an_application("usr_2")

    with recording(aws.dynamodb) as calls:
        vendors.reject(rejected.application_id, reasons=["No."], by="usr_sara")
    assert calls.operations == [GET, GET, TRANSACT]
    assert written(calls) == 3
    with recording(aws.dynamodb) as calls:
        vendors.withdraw("usr_2", withdrawn.application_id)
    assert calls.operations == [GET, TRANSACT]
    assert written(calls) == 3


def test_lists_are_one_query_each(aws: Account) -> None:
    for number in range(5):
        an_application(f"usr_{number}")

    with recording(aws.dynamodb) as calls:
        vendors.applications_of("usr_1", after=None, limit=20)
        vendors.applications_in(ApplicationStatus.OPEN, after=None, limit=2)

    assert calls.operations == [QUERY, QUERY]
    assert [call.params.get("IndexName") for call in calls.sent] == [None, "gsi1"]
    assert calls.sent[1].params["Limit"] == 2


def test_a_vendors_page_is_one_get_item(aws: Account) -> None:
    vendor = vendors.register(name="Weavers", email="a@b.example")

    with recording(aws.dynamodb) as calls:
        Client(an_app()).get(f"/vendors/{vendor.vendor_id}")

    assert calls.operations == [GET]


def test_an_index_never_copies_an_event(aws: Account) -> None:
    application = an_application()

    with recording(aws.dynamodb) as calls:
        vendors.approve(application.application_id, by="usr_sara")

    puts = [each["Put"]["Item"] for each in calls.sent[-1].params["TransactItems"] if "Put" in each]
    assert [sorted(row["kind"]["S"] for row in puts if "gsi1pk" in row)] == [["vendor_application_entry"]]
    assert [row["kind"]["S"] for row in puts if "event" in row] == ["vendor_application"]
