"""What does the audit trail consist of? Its table, read in order, and the archive beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.audit import rules
from chalicelib.core.storage import trail_keys
from chalicelib.core.storage.key import Key
from infra.clouds import Cloud

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class AuditTable:
    """The audit trail's table, read and never written."""

    cloud: Cloud
    name: str

    def entries(self) -> Iterator[Raw]:
        """Read the chain in order, consistently: 1 Query per megabyte."""
        partition = {":chain": {"S": trail_keys.audit_chain(rules.CHAIN)}}
        return self._rows("query", KeyConditionExpression="pk = :chain", ExpressionAttributeValues=partition)

    def guards(self) -> Iterator[Raw]:
        """Read every guard: a scan of the whole table."""
        wanted = {"FilterExpression": "sk = :guard", "ExpressionAttributeValues": {":guard": {"S": "GUARD"}}}
        return self._rows("scan", **wanted)

    def has(self, key: Key) -> bool:
        """Tell whether there is a row at this key: 1 GetItem."""
        place = {"pk": {"S": key.pk}, "sk": {"S": key.sk}}
        return "Item" in self.cloud.client("dynamodb").get_item(TableName=self.name, Key=place, ConsistentRead=True)

    def _rows(self, operation: str, **wanted: Any) -> Iterator[Raw]:
        pages = self.cloud.client("dynamodb").get_paginator(operation)
        for page in pages.paginate(TableName=self.name, ConsistentRead=True, **wanted):
            yield from page["Items"]


@dataclass(frozen=True)
class Archive:
    """The bucket in which every entry is an object. It begins with the first entry after it was turned on."""

    cloud: Cloud
    bucket: str

    def contradicts(self, name: str, text: str) -> bool:
        """Tell whether an entry is another one there, or lacks between others: at most 3 calls.

        The last entry may be on its way, and the first ones may be older than the archive.
        """
        stored = self._text_of(name)
        if stored is not None:
            return stored != text
        first = self.first()
        return first is not None and first < name and self.first(after=name) is not None

    def first(self, *, after: str = "") -> str | None:
        """Return the name of the first object, or of the first one after another: 1 ListObjectsV2."""
        listed = self.cloud.client("s3").list_objects_v2(Bucket=self.bucket, StartAfter=after, MaxKeys=1)
        return next((str(each["Key"]) for each in listed.get("Contents", [])), None)

    def _text_of(self, name: str) -> str | None:
        s3 = self.cloud.client("s3")
        try:
            body: bytes = s3.get_object(Bucket=self.bucket, Key=name)["Body"].read()
        except s3.exceptions.NoSuchKey:
            return None
        return body.decode()
