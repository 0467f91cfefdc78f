"""How does a test or a demo get a Chapa of its own? See README.md beside this file."""

from infra.local.chapa.records import Settings
from infra.local.chapa.simulator import ChapaSimulator

__all__ = ["ChapaSimulator", "Settings"]
