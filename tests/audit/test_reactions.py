"""Is each act kept once, at the end of its chain, whoever else writes at the same time?"""

from concurrent.futures import ThreadPoolExecutor

from chalicelib.audit import rules
from chalicelib.audit.reactions import audit_trail
from chalicelib.core.storage import connection
from tests.audit.builders import an_act, an_event, carry_out_notes, chain, kept, kept_all, record, rows
from tests.core.announcements import queued
from tests.support.account import AUDIT_TABLE, TABLE, Account
from tests.support.faults import failing
from tests.support.recorded_calls import recording


def is_whole() -> bool:
    """Tell whether every entry fits to the one before."""
    before = None
    for entry in chain():
        if rules.trouble_with(entry.link, after=before):
            return False
        before = entry.link
    return True


def test_an_act_is_kept_as_it_was_announced(aws: Account) -> None:
    kept(an_event(1))

    (entry,) = chain()
    assert (entry.number, entry.act) == (1, an_act(1))
    assert is_whole()


def test_acts_are_kept_in_the_order_in_which_they_come(aws: Account) -> None:
    kept(an_event(2), an_event(1), an_event(3))

    assert [entry.act.event_id for entry in chain()] == ["evt_2", "evt_1", "evt_3"]
    assert is_whole()


def test_an_event_that_comes_again_is_kept_once(aws: Account) -> None:
    kept(an_event(1), an_event(1))
    kept(an_event(2), an_event(1))

    assert [entry.act.event_id for entry in chain()] == ["evt_1", "evt_2"]


def test_an_event_whose_answer_was_lost_is_kept_once(aws: Account) -> None:
    client = connection.table().connection.client
    with failing(client, "TransactWriteItems", "InternalServerError", status=500, is_carried_out=True) as fault:
        kept(an_event(1))

    assert (fault.made, len(chain())) == (1, 1)


def test_many_writers_at_once_make_one_chain(aws: Account) -> None:
    def keep(number: int) -> None:
        kept(an_event(number), an_event(number + 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep, range(1, 13)))

    assert sorted(entry.act.event_id for entry in chain()) == sorted(f"evt_{number}" for number in range(1, 14))
    assert is_whole()


def test_what_cannot_be_kept_comes_again(aws: Account) -> None:
    client = connection.table().connection.client
    with failing(client, "TransactWriteItems", "AccessDeniedException", times=1):
        reply = audit_trail.handler(queued(an_event(1), an_event(2)), None)

    assert reply == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert [entry.act.event_id for entry in chain()] == ["evt_2"]


def test_keeping_is_one_query_and_one_transaction_of_two_puts_on_that_table_alone(aws: Account) -> None:
    kept_all(2)

    with recording(connection.audit_table().connection.client) as ends, recording(aws.dynamodb) as calls:
        kept(an_event(3))

    assert ends.operations == ["Query"]
    assert ends.sent[0].params["ConsistentRead"] is True
    assert calls.operations == ["TransactWriteItems"]
    puts = [put["Put"] for put in calls.sent[0].params["TransactItems"]]
    assert [put["TableName"] for put in puts] == [AUDIT_TABLE] * 2
    assert all("attribute_not_exists" in put["ConditionExpression"] for put in puts)


def test_a_note_on_the_shops_table_becomes_an_entry_on_the_other(aws: Account) -> None:
    record()
    carry_out_notes()

    (entry,) = chain()
    assert (entry.act.kind, entry.act.actor_kind) == ("product.blessed", "system")
    assert {row["kind"]["S"] for row in rows()} == {"audit_entry", "audit_guard"}
    assert {row["kind"]["S"] for row in aws.dynamodb.scan(TableName=TABLE)["Items"]} == {"audit_note"}
