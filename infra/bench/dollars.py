"""What does a paid order cost on AWS? What it uses, times the list prices that `prices.toml` keeps.

What a shop costs without any order (queues that are polled, secrets, alarms, stored data) is not in it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.template import read_template, resources_of_type

PRICES = Path(__file__).parent / "prices.toml"
ORDERS = 1_000

_MILLION = 1_000_000
_SQS_REQUESTS_PER_MESSAGE = 3  # sent, received, deleted
_EXPRESS_CHILDREN = 2  # one before the shopper pays, one afterwards
_SUBSCRIPTION = "AWS::SNS::Subscription"


@dataclass(frozen=True)
class Usage:
    """What one order uses, from the opened cart to the mail."""

    write_units: float
    read_units: float
    aws_calls: int
    cpu_milliseconds: float
    api_requests: int
    invocations: int
    transitions: int
    events: tuple[str, ...]


@dataclass(frozen=True)
class Prices:
    """Dollars per million of each thing, and what is assumed beside what is measured."""

    per_million: Mapping[str, float]
    assumed: Mapping[str, float]
    as_of: str
    region: str


def list_prices(path: Path = PRICES) -> Prices:
    """Read the table of prices."""
    table = tomllib.loads(path.read_text())
    return Prices(table["dollars_per_million"], table["assumed"], table["as_of"], table["region"])


def dollars(usage: Usage, prices: Prices) -> dict[str, float]:
    """Return what a thousand such orders cost, by service."""
    used = _things(usage, prices.assumed)
    return {
        service: sum(amount * prices.per_million[thing] for thing, amount in things.items()) * ORDERS / _MILLION
        for service, things in used.items()
    }


def deliveries(events: tuple[str, ...]) -> int:
    """Return into how many queues these events go, by the filters of the template."""
    subscriptions = resources_of_type(read_template(), _SUBSCRIPTION).values()
    wanted = [each["FilterPolicy"]["type"] for each in subscriptions if "FilterPolicy" in each]
    return sum(event in types for event in events for types in wanted)


def _things(usage: Usage, assumed: Mapping[str, float]) -> dict[str, dict[str, float]]:
    requests = usage.api_requests + assumed["polls_per_order"]
    # The publisher is called for every event at worst, since a quiet shop's batches hold one.
    invocations = usage.invocations + assumed["polls_per_order"] + len(usage.events)
    seconds = _lambda_seconds(usage, assumed)
    return {
        "Step Functions": {
            "standard_transition": usage.transitions,
            "express_request": _EXPRESS_CHILDREN,
            "express_gb_second": seconds * assumed["express_gb"],
        },
        "DynamoDB": {"dynamodb_write_unit": usage.write_units, "dynamodb_read_unit": usage.read_units},
        "Lambda": {"lambda_request": invocations, "lambda_gb_second": seconds * assumed["lambda_gb"]},
        "API Gateway": {"api_request": requests},
        "SNS and SQS": {
            "sns_publish": len(usage.events),
            "sqs_request": deliveries(usage.events) * _SQS_REQUESTS_PER_MESSAGE,
        },
        "SES": {"ses_mail": 1},
        "CloudWatch": {"log_kilobyte": invocations * assumed["log_kilobytes_per_invocation"]},
    }


def _lambda_seconds(usage: Usage, assumed: Mapping[str, float]) -> float:
    """Return how long functions run for an order: their own CPU at Lambda's share of one, and waiting for answers."""
    waited = usage.aws_calls * assumed["milliseconds_per_aws_call"]
    waited += assumed["provider_calls_per_order"] * assumed["milliseconds_per_provider_call"]
    return (usage.cpu_milliseconds / assumed["lambda_cpu_share"] + waited) / 1_000
