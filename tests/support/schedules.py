"""How does a test keep the shop from doing anything of its own accord?"""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.market import Market
from tests.support.waiting import eventually

# Longer than anybody has to pay in this ring, and the undoing of what they did not pay for.
_ENDED_SECONDS = 60


@contextmanager
def nothing_scheduled(market: Market) -> Iterator[None]:
    """Stop the schedules once every checkout that others began is over; afterwards do what they would have done."""
    events = market.shop.cloud.client("events")
    stack = market.shop.outputs["TableName"].partition("-Table-")[0]
    found = events.list_rules(NamePrefix=f"{stack}-")["Rules"]
    names = [rule["Name"] for rule in found if rule.get("ScheduleExpression") and rule["State"] == "ENABLED"]
    for name in names:
        events.disable_rule(Name=name)
    try:
        eventually(lambda: _all_is_over(market), _ENDED_SECONDS, "every checkout is over")
        yield
    finally:
        for name in names:
            events.enable_rule(Name=name)
        market.verifies()
        market.sweeps()


def _all_is_over(market: Market) -> bool:
    machines = market.shop.cloud.client("stepfunctions")
    running = machines.list_executions(
        stateMachineArn=market.shop.outputs["CheckoutMachineArn"], statusFilter="RUNNING"
    )
    if not running["executions"]:
        return True
    market.sweeps()
    return False
