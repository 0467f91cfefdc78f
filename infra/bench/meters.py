"""How is an act measured? By its own CPU time beside a bare GetItem, or by what it asks of DynamoDB."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from chalicelib.catalog.models import Product
from infra.bench.units import Cost, cost_of
from tests.support.account import TABLE, Account
from tests.support.recorded_calls import recording


@dataclass
class CpuMeter:
    """CPU milliseconds of this thread per act. Before each act the yardstick runs, so that both see one machine.

    The time of the calling thread counts what the handler does and not what simulators in this process do.
    """

    yardstick: Callable[[], object]
    samples: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    bare: list[float] = field(default_factory=list)

    @contextmanager
    def __call__(self, act: str) -> Iterator[None]:
        start = time.thread_time()
        self.yardstick()
        self.bare.append((time.thread_time() - start) * 1000)
        start = time.thread_time()
        yield
        self.samples[act].append((time.thread_time() - start) * 1000)

    def milliseconds(self, act: str) -> float:
        """Return the median of an act."""
        return median(self.samples[act])

    @property
    def bare_milliseconds(self) -> float:
        """Return the median of the yardstick."""
        return median(self.bare)


@dataclass
class CallMeter:
    """What each act asked of DynamoDB; an act that comes twice counts as it was the last time."""

    client: Any
    costs: dict[str, Cost] = field(default_factory=dict)
    calls: dict[str, list[Any]] = field(default_factory=dict)

    @contextmanager
    def __call__(self, act: str) -> Iterator[None]:
        with recording(self.client) as calls:
            yield
        self.costs[act] = cost_of(calls.sent)
        self.calls[act] = calls.sent


def bare_get_item(account: Account, product: Product) -> Callable[[], object]:
    """Return the yardstick: botocore alone reads one product, and nothing is made of it."""
    client = account.cloud.client("dynamodb")
    key = {"pk": {"S": product.pk}, "sk": {"S": product.sk}}
    return lambda: client.get_item(TableName=TABLE, Key=key)
