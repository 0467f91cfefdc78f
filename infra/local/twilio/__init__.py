"""How does a test or a developer get a Twilio of its own? See README.md beside this file."""

from infra.local.twilio.records import Settings
from infra.local.twilio.simulator import TwilioSimulator

__all__ = ["Settings", "TwilioSimulator"]
