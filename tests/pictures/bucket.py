"""How do tests look into the bucket, and let the shop hear of what is in it?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

import requests

from functions.queues.process_pictures import handler as process_pictures
from infra.clouds import Cloud
from tests.pictures.builders import PRODUCT
from tests.support.calling import Client


@dataclass(frozen=True)
class Bucket:
    """The bucket of one account and the queue beside it."""

    cloud: Cloud
    name: str
    queue: str

    @property
    def keys(self) -> list[str]:
        """Return the key of every file that is there."""
        found = self.cloud.client("s3").list_objects_v2(Bucket=self.name).get("Contents", [])
        return [each["Key"] for each in found]

    def file(self, key: str) -> Any:
        return self.cloud.client("s3").get_object(Bucket=self.name, Key=key)

    def put(self, key: str, content: bytes) -> None:
        self.cloud.client("s3").put_object(Bucket=self.name, Key=key, Body=content)

    def notice_of(self, *keys: str, event: str = "ObjectCreated:Post") -> str:
        """Return what S3 says when files were stored."""
        records = [
            {"eventName": event, "s3": {"bucket": {"name": self.name}, "object": {"key": quote_plus(key, safe="/")}}}
            for key in keys
        ]
        return json.dumps({"Records": records})

    def hears_of(self, *keys: str) -> list[str]:
        """Let the queue's function handle notices of these files; return those that it wants again."""
        records = [{"messageId": key, "body": self.notice_of(key)} for key in keys]
        answer = process_pictures({"Records": records}, None)
        return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def send(upload: Mapping[str, Any], content: bytes, **fields: str) -> int:
    """Fill in an upload's form as a browser does; return the bucket's status."""
    form = {**upload["fields"], **fields}
    return requests.post(upload["url"], data=form, files={"file": content}, timeout=10).status_code


def added(client: Client, content_type: str = "image/jpeg", **draft: Any) -> Any:
    """Let a picture be uploaded; return what the API answers."""
    answer = client.post(f"/products/{PRODUCT}/pictures", {"content_type": content_type, **draft})
    assert answer.status == 201, answer.text
    return answer.json


def uploaded(client: Client, bucket: Bucket, content: bytes, content_type: str = "image/jpeg") -> str:
    """Upload a picture by its form and let the shop hear of it; return its id."""
    made = added(client, content_type)
    assert send(made["upload"], content) == 204
    assert bucket.hears_of(made["upload"]["fields"]["key"]) == []
    return str(made["picture"]["id"])
