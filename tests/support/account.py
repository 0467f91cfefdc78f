"""What does a test in process need of the cloud? An account of its own with the table and the secrets."""

import json
import secrets as randomness
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import boto3
import botocore.hooks
import botocore.session
import pytest
from pynamodb.connection import TableConnection

from chalicelib.catalog.service import list_cache
from chalicelib.core import aws, circuits, holding
from chalicelib.core.http import bearer
from chalicelib.core.storage import connection
from infra import clouds
from infra.clouds import LOCAL_ACCOUNT, LOCAL_REGION, Cloud, embedded_cloud
from infra.template import read_template, table_definition
from tests.support.recorded_calls import refuse_arithmetic
from tests.support.roles import Roles

TABLE, AUDIT_TABLE = "nexus", "nexus-audit"
CHAPA_KEY, CHAPA_WEBHOOK_SECRET = "CHASECK_TEST-abc", "hush"
CHAPA_WEBHOOK_USER, CHAPA_WEBHOOK_PASSWORD = "chapa", "hush-hush"
CHAPA_SECRET = {
    "secret_key": CHAPA_KEY,
    "webhook_secret": CHAPA_WEBHOOK_SECRET,
    "webhook_user": CHAPA_WEBHOOK_USER,
    "webhook_password": CHAPA_WEBHOOK_PASSWORD,
}
TWILIO_ACCOUNT, TWILIO_TOKEN, TWILIO_SENDER = "ACtest" + "0" * 28, "hush-hush", "Nexus"
IMAGES_TOKEN = "hush-of-pictures"
SENDER = "shop@example.com"

# Every account has sessions of its own, each of which would find out anew what is the same for all of them.
botocore.session.create_loader = cache(botocore.session.create_loader)
botocore.hooks.accepts_kwargs = cache(botocore.hooks.accepts_kwargs)

_reach = connection._reached


@dataclass(frozen=True)
class Account:
    """One empty shop: nobody else's data, nobody else's clients."""

    cloud: Cloud
    roles: Roles

    @property
    def dynamodb(self) -> Any:
        """Return the client that the shop itself uses, for recording its calls."""
        return connection.table().connection.client


@contextmanager
def fresh_account(endpoint_url: str, patch: pytest.MonkeyPatch) -> Iterator[Account]:
    """Make an account with the template's own tables and secrets, and point the shop's code at it."""
    cloud = embedded_cloud(endpoint_url, account=str(randomness.randbelow(9 * 10**11) + 10**11))
    founder = _founder(endpoint_url)
    founder.acts_for(cloud)
    for definition in _definitions():
        founder.client("dynamodb").create_table(**definition)
    _keep_secrets(founder.client("secretsmanager"))
    founder.client("ses").verify_email_identity(EmailAddress=SENDER)
    for name, value in _environment(cloud).items():
        patch.setenv(name, value)
    forget_clients()
    account = Account(cloud, Roles({TABLE: "Table", AUDIT_TABLE: "AuditTable"}))
    patch.setattr(connection, "_reached", partial(_reached_as_on_aws, account.roles))
    yield account
    assert account.roles.refused == []
    forget_clients()
    # Each account's clients are a hundred thousand objects, over which every later garbage collection would walk.
    clouds.forget_clients()


def _environment(cloud: Cloud) -> dict[str, str]:
    """Return what tells the shop's code where everything is."""
    return {
        **cloud.environment(),
        "TABLE_NAME": TABLE,
        "AUDIT_TABLE_NAME": AUDIT_TABLE,
        "USERS_SECRET": "users",
        "SIGNING_SECRET": "signing",
        "TOKENS_SECRET": "tokens",
        "FACTORS_SECRET": "factors",
        "CODES_SECRET": "codes",
        "CHAPA_SECRET": "chapa",
        "TWILIO_SECRET": "twilio",
        "MAIL_FROM": f"Nexus <{SENDER}>",
        "PUBLIC_BASE_URL": "https://shop.test/v1",
        "IMAGES_SECRET": "images",
        "IMAGES_PUBLIC_URL": "https://pictures.test",
        "ALLOWED_ORIGINS": "https://storefront.test",
        # What was changed is seen at once; those who test what is kept set another time.
        "LISTS_POLLED_SECONDS": "0",
    }


class _Founder:
    """Makes what an account begins with; one for all of them, since new clients cost more than all that they do."""

    def __init__(self, endpoint_url: str) -> None:
        self._session = boto3.Session(LOCAL_ACCOUNT, "embedded", region_name=LOCAL_REGION)
        self.client = cache(partial(self._session.client, endpoint_url=endpoint_url))

    def acts_for(self, cloud: Cloud) -> None:
        """Sign as another account from now on."""
        self._session.get_credentials().access_key = cloud.account


_founder = cache(_Founder)


def _keep_secrets(keeper: Any) -> None:
    """Make what the template has Secrets Manager generate."""
    for name in ("users", "tokens", "factors", "codes"):
        keeper.create_secret(Name=name, SecretString=randomness.token_urlsafe(48))
    seed = {"seed": randomness.token_urlsafe(48), "signs_from": 0}
    keeper.create_secret(Name="signing", SecretString=json.dumps(seed))
    keeper.create_secret(Name="chapa", SecretString=json.dumps(CHAPA_SECRET))
    twilio = {"account_sid": TWILIO_ACCOUNT, "auth_token": TWILIO_TOKEN, "sender": TWILIO_SENDER}
    keeper.create_secret(Name="twilio", SecretString=json.dumps(twilio))
    images = {"notice_token": IMAGES_TOKEN, "access_key": "", "secret_key": ""}
    keeper.create_secret(Name="images", SecretString=json.dumps(images))


def _reached_as_on_aws(roles: Roles, name: str, indexes: tuple[str, ...]) -> TableConnection:
    """Connect to a table that refuses what AWS would, and the embedded cloud does not.

    That is a condition that calculates, which it answers wrongly, and a write that no policy allows.
    """
    reached = _reach(name, indexes)
    for refuse in (_refuse_calculating, roles.demand):
        reached.connection.client.meta.events.register("provide-client-params.dynamodb.*", refuse)
    return reached


def _refuse_calculating(params: Any, **_: Any) -> None:
    refuse_arithmetic(params)


def forget_clients() -> None:
    """Drop every cached client and secret, as a new process would start."""
    boto3.DEFAULT_SESSION = None
    aws.client.cache_clear()
    aws.files_client.cache_clear()
    # It keeps the credentials, and so the account, of whoever asked first.
    boto3.DEFAULT_SESSION = None
    connection.forget()
    bearer.forget_keys()
    holding.forget()
    circuits.forget()
    list_cache.forget()


@cache
def _definitions() -> list[dict[str, Any]]:
    template = read_template()
    return [table_definition(template, TABLE), table_definition(template, AUDIT_TABLE, resource="AuditTable")]
