"""Is whatever somebody does to the stored trail found out, and the first entry named that does not fit?"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.audit import rules
from chalicelib.audit.models import AuditEntry, AuditGuard
from chalicelib.core.storage import connection, trail_keys
from infra.audit.reading import AuditTable
from infra.audit.verifying import Head, verify
from tests.audit.builders import HANA, an_act, an_event, chain, kept, kept_all, rows
from tests.support.account import AUDIT_TABLE, Account
from tests.support.faults import failing

Row = dict[str, Any]


@pytest.fixture
def table(aws: Account) -> AuditTable:
    """The audit trail with five entries."""
    kept_all(5)
    return AuditTable(aws.cloud, AUDIT_TABLE)


def entry(number: int) -> Row:
    return next(row for row in rows() if row["sk"]["S"] == f"ENTRY#{rules.place(number)}")


def put(row: Row) -> None:
    connection.audit_table().connection.client.put_item(TableName=AUDIT_TABLE, Item=row)


def drop(row: Row) -> None:
    key = {name: row[name] for name in ("pk", "sk")}
    connection.audit_table().connection.client.delete_item(TableName=AUDIT_TABLE, Key=key)


def guard_of(number: int) -> Row:
    return next(row for row in rows() if row["pk"]["S"] == trail_keys.audit_guard(f"evt_{number}").pk)


def rewrite(number: int, **changed: Any) -> None:
    """Change what an entry tells, and leave its hash."""
    row = entry(number)
    told = json.loads(row["act"]["S"])
    put({**row, "act": {"S": json.dumps({**told, **changed})}})


def change_who_did_it() -> None:
    rewrite(3, actor="usr_somebody")


def change_and_hash_anew() -> None:
    """Make the entry true to itself again, as somebody would who knows how hashes are made."""
    found = chain()[2]
    forged = replace(found.act, actor="usr_somebody")
    link = rules.following(chain()[1].link, forged, chain=rules.CHAIN)
    put(dict(AuditEntry.of(link).serialize()))


def take_one_out() -> None:
    drop(entry(3))
    drop(guard_of(3))


def close_the_gap() -> None:
    """Take one out, and move those behind it up, with numbers and hashes of their own."""
    take_one_out()
    for number in (4, 5):
        row = entry(number)
        drop(row)
        put({**row, "sk": {"S": f"ENTRY#{rules.place(number - 1)}"}, "number": {"N": str(number - 1)}})


def swap_two() -> None:
    third, fourth = entry(3), entry(4)
    put({**third, "sk": fourth["sk"]})
    put({**fourth, "sk": third["sk"]})


def put_one_between() -> None:
    """Give the third entry's place to a stranger that fits to the second, and move nothing else."""
    link = rules.following(chain()[1].link, an_act(99), chain=rules.CHAIN)
    put(dict(AuditEntry.of(link).serialize()))
    put(dict(AuditGuard.at(trail_keys.audit_guard("evt_99"), chain=rules.CHAIN, number=3).serialize()))


def garble() -> None:
    put({**entry(3), "act": {"S": "{"}})


def hide_from_a_search() -> None:
    put({**entry(3), "gsi2pk": {"S": trail_keys.audit_actor("usr_somebody")}})


def drop_the_guard() -> None:
    """So that the event could be kept once more."""
    drop(guard_of(3))


WAYS: dict[Callable[[], None], tuple[int, str]] = {
    change_who_did_it: (3, "it is not what was written"),
    change_and_hash_anew: (4, "it was not written after the one before it"),
    take_one_out: (4, "number 3 should be here"),
    close_the_gap: (3, "it is not what was written"),
    swap_two: (3, "number 3 should be here"),
    put_one_between: (4, "it was not written after the one before it"),
    garble: (3, "it cannot be read"),
    hide_from_a_search: (3, "its keys are not its own"),
    drop_the_guard: (3, "its guard is gone"),
}


def test_an_untouched_trail_holds(table: AuditTable) -> None:
    verdict = verify(table)

    assert (verdict.trouble, verdict.head) == (None, Head(rules.CHAIN, 5, chain()[-1].hash))


def test_an_empty_trail_holds(aws: Account) -> None:
    assert verify(AuditTable(aws.cloud, AUDIT_TABLE)).head == Head(rules.CHAIN, 0, rules.BEGINNING)


@pytest.mark.parametrize("break_it", WAYS, ids=lambda way: way.__name__)
def test_whatever_is_done_to_an_entry_is_found(table: AuditTable, break_it: Callable[[], None]) -> None:
    break_it()

    number, trouble = WAYS[break_it]
    verdict = verify(table)
    assert verdict.trouble == f"AUDIT#0 ENTRY#{rules.place(number)}: {trouble}"
    assert verdict.head.number == number - 1 - (break_it is take_one_out)


def test_an_end_that_is_cut_off_is_told_by_its_guards(table: AuditTable) -> None:
    drop(entry(4))
    drop(entry(5))

    verdict = verify(table)

    assert (verdict.trouble, verdict.head.number) == ("entries from number 4 to 5 are gone", 3)


def test_whoever_kept_an_end_sees_that_all_was_cut_off_with_its_guards(table: AuditTable) -> None:
    kept_end = verify(table).head
    for number in (4, 5):
        drop(entry(number))
        drop(guard_of(number))

    assert verify(table).trouble is None
    assert verify(table, [kept_end]).trouble == "entries from number 4 to 5 are gone"


def test_whoever_kept_an_end_sees_that_all_was_written_anew(table: AuditTable, aws: Account) -> None:
    kept_end = verify(table).head
    for row in rows():
        drop(row)
    kept_all(6, actor=f"{HANA}_2")

    assert verify(table).trouble is None
    trouble = verify(table, [kept_end]).trouble
    assert trouble == "AUDIT#0 ENTRY#000000000005: it had another hash when it was written down"


def test_what_is_written_while_it_is_verified_is_no_trouble(table: AuditTable) -> None:
    client = table.cloud.client("dynamodb")
    with failing(client, "Query", "ThrottlingException", before=lambda: kept(an_event(6))) as fault:
        verdict = verify(table)

    assert (fault.made, verdict.trouble, verdict.head.number) == (1, None, 6)
