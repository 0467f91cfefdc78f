"""How does a test or a developer get exchange rates of its own? See README.md beside this file."""

from infra.local.exchange_rates.records import Settings
from infra.local.exchange_rates.simulator import RatesSimulator

__all__ = ["RatesSimulator", "Settings"]
