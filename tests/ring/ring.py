"""Where do scenarios take place? In one account, behind proxies, under one clock; each begins with the same goods."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

from chalicelib.catalog import service as catalog
from chalicelib.catalog.service import list_cache
from chalicelib.core import circuits, holding
from chalicelib.inventory import service as inventory
from infra.clouds import Cloud, embedded_cloud
from infra.local.faults.calls import Call, aws_call, vendor_call
from infra.local.faults.fates import PASS, Decision
from infra.local.faults.proxy import FaultProxy, Judge, Upstream, forwarded_to
from infra.local.serving import Answer
from infra.template import read_template, table_definition
from tests.catalog.builders import a_category, a_product, a_variant, a_vendor
from tests.ring.blueprint import blueprint
from tests.ring.coupons import keep_coupons
from tests.ring.moving_clock import MovingClock, moving_clock
from tests.support.account import TABLE, fresh_account
from tests.support.remote import fresh_connections

COFFEE, GABI = "COFFEE-250G", "GABI-WHITE"
STOCK = {COFFEE: 5, GABI: 3}
PRICES = {COFFEE: 350_00, GABI: 1_999_99}
_STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
_AT_ONCE = 25
_SETTINGS = {
    "EVENTS_TOPIC_ARN": "arn:aws:sns:us-east-1:000000000000:events",
    "UNREADABLE_RECORDS_QUEUE_URL": "http://queue.test/unreadable",
    # Fewer looks at what is not paid, as late as ever; nothing is read again because time has passed.
    "PAYMENT_CHECK_SECONDS": "900",
    "PAYMENT_CHECKED_FOR_SECONDS": "10800",
    "SECRETS_CACHED_SECONDS": "1000000000",
    "CASH_ON_DELIVERY_LIMITS": "ETB:1000000",
    # Whichever way webhooks come.
    "CHAPA_WEBHOOK_PROOFS": "x-chapa-signature:body,chapa-signature:body,authorization:basic",
}


@dataclass
class Wiring:
    """Who decides over calls now, and who is behind the proxies; nobody interferes between scenarios."""

    table: Upstream
    services: dict[str, Upstream] = field(default_factory=dict)
    judge: Judge | None = None

    def send(self, call: Call) -> Answer:
        return self.services.get(call.service, self.table)(call)

    def decide(self, call: Call) -> Decision:
        return self.judge.decide(call) if self.judge else PASS

    def heard(self, call: Call, answer: Answer) -> None:
        if self.judge:
            self.judge.heard(call, answer)


@dataclass
class Ring:
    """What scenarios have in common."""

    cloud: Cloud
    clock: MovingClock
    wiring: Wiring
    _goods: list[dict[str, Any]] = field(default_factory=list)
    _stream: str = ""
    _position: str = ""

    def begin_anew(self) -> None:
        """Empty the table and put the goods back, at the same time as ever; pauses before retries are the same, too."""
        self.clock.begin_anew()
        random.seed(0)
        self._make_table()
        for first in range(0, len(self._goods), _AT_ONCE):
            puts = [{"PutRequest": {"Item": item}} for item in self._goods[first : first + _AT_ONCE]]
            self._dynamodb.batch_write_item(RequestItems={TABLE: puts})
        self.new_records()
        forget_memory()

    def keep_goods(self) -> None:
        """Make the goods, once, as staff do."""
        self._make_table()
        for vendor in ("ven_GEDEO", "ven_DORZE"):
            a_vendor(vendor)
        a_category()
        coffee = a_product(variants=[a_variant(COFFEE, price=PRICES[COFFEE] / 100)])
        gabi = a_product(vendor_id="ven_DORZE", variants=[a_variant(GABI, price=PRICES[GABI] / 100)])
        for product, sku in ((coffee, COFFEE), (gabi, GABI)):
            inventory.receive(product.product_id, sku, STOCK[sku], note="delivery 1", by="usr_KEEPER")
            catalog.refresh_cards(product.product_id)
        keep_coupons()
        self._goods = self._dynamodb.scan(TableName=TABLE, ConsistentRead=True)["Items"]

    def new_records(self) -> list[dict[str, Any]]:
        """Return what the table's stream has carried since the last time."""
        answer = self.cloud.client("dynamodbstreams").get_records(ShardIterator=self._position)
        self._position = answer["NextShardIterator"]
        records: list[dict[str, Any]] = answer["Records"]
        return records

    @property
    def _dynamodb(self) -> Any:
        return self.cloud.client("dynamodb")

    def _make_table(self) -> None:
        self._dynamodb.delete_table(TableName=TABLE)
        made = self._dynamodb.create_table(**_table(), StreamSpecification=_STREAM)
        arn = made["TableDescription"]["LatestStreamArn"]
        streams = self.cloud.client("dynamodbstreams")
        shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
        self._position = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")[
            "ShardIterator"
        ]


@contextmanager
def a_ring(cloud_url: str) -> Iterator[Ring]:
    """Open the ring on an embedded cloud."""
    wiring = Wiring(forwarded_to(cloud_url))
    with (
        pytest.MonkeyPatch.context() as patch,
        FaultProxy(wiring.send, wiring, named=aws_call) as aws,
        FaultProxy(wiring.send, wiring, named=lambda request: vendor_call("chapa", request), is_vendor=True) as chapa,
        fresh_account(aws.url, patch) as account,
        fresh_connections(),
        moving_clock(patch) as clock,
    ):
        for name, value in {**blueprint().environment, **_SETTINGS, "CHAPA_BASE_URL": f"{chapa.url}/v1"}.items():
            patch.setenv(name, value)
        ring = Ring(embedded_cloud(cloud_url, account=str(account.cloud.account)), clock, wiring)
        ring.keep_goods()
        yield ring


@cache
def _table() -> dict[str, Any]:
    return table_definition(read_template(), TABLE)


def forget_memory() -> None:
    """Forget what a process holds in its memory, as one that died does."""
    holding.forget()
    circuits.forget()
    list_cache.forget()
