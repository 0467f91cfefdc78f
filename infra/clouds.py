"""Which cloud is meant, and how is it reached?

`CLOUD=embedded|localstack|aws` chooses; whoever runs, deploys or tests asks here and takes the same path.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import boto3

from infra.local.embedded_cloud import DEFAULT_PORT

# Sessions must not be shared by threads, but the clients that they make may be.
_one_at_a_time = Lock()

LOCAL_REGION = "us-east-1"
LOCAL_ACCOUNT = "000000000000"


class CloudName(StrEnum):
    EMBEDDED = "embedded"
    LOCALSTACK = "localstack"
    AWS = "aws"


@dataclass(frozen=True)
class Cloud:
    """One of the three clouds, as seen by one account."""

    name: CloudName
    region: str
    endpoint_url: str | None = None
    account: str | None = None

    @property
    def is_local(self) -> bool:
        return self.name is not CloudName.AWS

    def client(self, service: str) -> Any:
        """A boto3 client of this cloud; made once, since making one costs more than most calls."""
        return _client(self, service)

    def session(self) -> Any:
        if self.name is CloudName.LOCALSTACK:
            return _localstack_session(self.region, str(self.endpoint_url))
        if self.name is CloudName.EMBEDDED:
            return boto3.Session(self.account, "embedded", region_name=self.region)
        return boto3.Session(region_name=self.region)

    def environment(self) -> dict[str, str]:
        """What a program in this process needs in its environment to reach this cloud."""
        if not self.is_local:
            return {"AWS_DEFAULT_REGION": self.region}
        return {
            "AWS_ENDPOINT_URL": str(self.endpoint_url),
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": str(self.account),
            "AWS_SECRET_ACCESS_KEY": "embedded",
        }

    @property
    def host_of_this_machine(self) -> str:
        """Under which name a function on this cloud reaches what runs on this machine."""
        return "127.0.0.1" if self.name is CloudName.EMBEDDED else "host.docker.internal"

    def api_url(self, api_id: str, stage: str) -> str:
        """Where the REST API answers."""
        if self.name is CloudName.EMBEDDED:
            return f"{self.endpoint_url}/_aws/execute-api/{api_id}/{stage}"
        if self.name is CloudName.LOCALSTACK:
            return f"{self.endpoint_url}/restapis/{api_id}/{stage}/_user_request_"
        return f"https://{api_id}.execute-api.{self.region}.amazonaws.com/{stage}"

    def bucket_url(self, bucket: str) -> str:
        """Where anybody fetches the objects of a bucket that lets them."""
        if self.is_local:
            return f"{self.endpoint_url}/{bucket}"
        return f"https://{bucket}.s3.{self.region}.amazonaws.com"


@cache
def _session(cloud: Cloud) -> Any:
    return cloud.session()


@cache
def _client(cloud: Cloud, service: str) -> Any:
    with _one_at_a_time:
        return _session(cloud).client(service, endpoint_url=cloud.endpoint_url)


def forget_clients() -> None:
    """Drop every client that was made."""
    _session.cache_clear()
    _client.cache_clear()


def embedded_cloud(endpoint_url: str, account: str = LOCAL_ACCOUNT) -> Cloud:
    """The embedded cloud at an address; a 12-digit access key is an account of its own there."""
    return Cloud(CloudName.EMBEDDED, LOCAL_REGION, endpoint_url, account)


def chosen_name(environment: Mapping[str, str] = os.environ) -> CloudName:
    """The cloud that `CLOUD` names; the embedded one without it."""
    return CloudName(environment.get("CLOUD") or CloudName.EMBEDDED)


def cloud_of(name: CloudName, environment: Mapping[str, str] = os.environ) -> Cloud:
    """The cloud of that name; the embedded one is where `make run` keeps it running."""
    if name is CloudName.EMBEDDED:
        return embedded_cloud(f"http://127.0.0.1:{environment.get('CLOUD_PORT') or DEFAULT_PORT}")
    return remote_cloud(name, environment)


def remote_cloud(name: CloudName, environment: Mapping[str, str] = os.environ) -> Cloud:
    """LocalStack or AWS: a cloud that is there already."""
    if name is CloudName.LOCALSTACK:
        endpoint = environment.get("LOCALSTACK_ENDPOINT_URL") or "http://127.0.0.1:4566"
        return Cloud(name, LOCAL_REGION, endpoint, LOCAL_ACCOUNT)
    return Cloud(name, environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "eu-central-1")


def _localstack_session(region: str, endpoint_url: str) -> Any:
    from localstack_client.session import Session

    host = urlsplit(endpoint_url).netloc
    return Session(LOCAL_ACCOUNT, "localstack", region_name=region, localstack_host=host)
