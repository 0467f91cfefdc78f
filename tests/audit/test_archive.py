"""Does every entry get an object that nobody can take away, even if the writer died on its way to it?"""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.audit import rules
from chalicelib.audit.reactions import audit_trail
from chalicelib.core import aws as clients
from chalicelib.core.storage import trail_keys
from infra.audit.reading import Archive, AuditTable
from infra.audit.verifying import verify
from tests.audit.builders import an_event, chain, kept, kept_all
from tests.core.announcements import queued
from tests.support.account import AUDIT_TABLE, Account
from tests.support.faults import failing


@pytest.fixture
def bucket(aws: Account) -> str:
    """Names of buckets are everybody's."""
    return f"archive-{aws.cloud.account}"


@pytest.fixture
def archive(aws: Account, bucket: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A bucket as the template wants it: whatever is put there is locked for a day."""
    s3 = aws.cloud.client("s3")
    s3.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    retention = {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 1}}
    s3.put_object_lock_configuration(
        Bucket=bucket, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": retention}
    )
    monkeypatch.setenv("AUDIT_ARCHIVE_BUCKET", bucket)
    return s3


def versions(s3: Any, bucket: str) -> list[tuple[str, str]]:
    """Return name and version of every object."""
    found = s3.list_object_versions(Bucket=bucket).get("Versions", [])
    return sorted((each["Key"], each["VersionId"]) for each in found)


def test_an_entry_is_archived_as_it_is_stored(archive: Any, bucket: str) -> None:
    kept_all(2)

    assert [name for name, _ in versions(archive, bucket)] == ["0/000000000001.json", "0/000000000002.json"]
    told = json.loads(archive.get_object(Bucket=bucket, Key="0/000000000002.json")["Body"].read())
    last = chain()[-1].link
    assert (told["hash"], told["previous"], told["number"]) == (last.hash, last.previous, 2)
    assert told["act"] == vars(last.act)


def test_nobody_can_take_it_away(archive: Any, bucket: str) -> None:
    kept(an_event(1))
    ((name, version),) = versions(archive, bucket)

    assert archive.get_object_retention(Bucket=bucket, Key=name)["Retention"]["Mode"] == "COMPLIANCE"
    with pytest.raises(ClientError, match="AccessDenied"):
        archive.delete_object(Bucket=bucket, Key=name, VersionId=version)


def test_an_event_that_comes_again_is_archived_once(archive: Any, bucket: str) -> None:
    kept(an_event(1), an_event(2), an_event(1))

    assert len(versions(archive, bucket)) == 2


def test_what_the_writer_died_before_is_made_up_for(archive: Any, bucket: str) -> None:
    with failing(clients.client("s3"), "PutObject", "AccessDenied", status=403):
        reply = audit_trail.handler(queued(an_event(1), an_event(2)), None)
    assert reply == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert len(versions(archive, bucket)) == 1

    kept(an_event(1))

    assert [name for name, _ in versions(archive, bucket)] == ["0/000000000001.json", "0/000000000002.json"]
    assert len(chain()) == 2


def test_without_a_bucket_nothing_is_archived(archive: Any, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIT_ARCHIVE_BUCKET", "")

    kept(an_event(1))

    assert versions(archive, bucket) == []


def drop(aws: Account, sort_key: str, *, of: str = "") -> None:
    """Take rows out of the trail, as only somebody could who has more rights than the shop."""
    database = aws.cloud.client("dynamodb")
    for row in database.scan(TableName=AUDIT_TABLE)["Items"]:
        if sort_key in row["sk"]["S"] and of in row["pk"]["S"]:
            database.delete_item(TableName=AUDIT_TABLE, Key={name: row[name] for name in ("pk", "sk")})


def test_a_trail_that_was_written_anew_is_not_what_the_archive_has(
    archive: Any, bucket: str, aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_all(3)
    assert verify(AuditTable(aws.cloud, AUDIT_TABLE), archive=Archive(aws.cloud, bucket)).trouble is None

    monkeypatch.setenv("AUDIT_ARCHIVE_BUCKET", "")
    drop(aws, "")
    kept_all(3, actor="usr_somebody")

    assert verify(AuditTable(aws.cloud, AUDIT_TABLE)).trouble is None
    trouble = verify(AuditTable(aws.cloud, AUDIT_TABLE), archive=Archive(aws.cloud, bucket)).trouble
    assert trouble == f"AUDIT#0 ENTRY#{rules.place(1)}: it is not what the archive has"


def test_a_trail_that_was_cut_off_with_its_guards_is_shorter_than_the_archive(
    archive: Any, bucket: str, aws: Account
) -> None:
    kept_all(3)
    drop(aws, rules.place(3))
    drop(aws, "GUARD", of=trail_keys.audit_guard("evt_3").pk)

    assert verify(AuditTable(aws.cloud, AUDIT_TABLE)).trouble is None
    trouble = verify(AuditTable(aws.cloud, AUDIT_TABLE), archive=Archive(aws.cloud, bucket)).trouble
    assert trouble == "the archive has more entries than these"


def test_what_is_older_than_the_archive_need_not_be_there(
    archive: Any, bucket: str, aws: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIT_ARCHIVE_BUCKET", "")
    kept(an_event(1))
    assert verify(AuditTable(aws.cloud, AUDIT_TABLE), archive=Archive(aws.cloud, bucket)).trouble is None
    monkeypatch.setenv("AUDIT_ARCHIVE_BUCKET", bucket)
    kept(an_event(2))

    assert verify(AuditTable(aws.cloud, AUDIT_TABLE), archive=Archive(aws.cloud, bucket)).trouble is None
