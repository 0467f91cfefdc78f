"""Which vendors have a stand-in on this machine, and how is each started?"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from infra.local.guarded import GuardedProcess
from infra.local.ports import is_listening, require_free
from infra.local.refusals import CannotRun
from infra.waiting import wait_until

PYTHON = sys.executable
START_SECONDS = 30


@dataclass(frozen=True)
class Simulator:
    """A program of this repository that stands in for a vendor."""

    name: str
    module: str
    port_setting: str
    default_port: int
    # Command line options, with {folder}, {api_url}, {cloud_url}, {account}, {secret_key},
    # {webhook_secret}, {account_sid} and {auth_token} to be filled in.
    options: Mapping[str, str] = field(default_factory=dict)

    def is_here(self) -> bool:
        return find_spec(self.module) is not None

    def port(self, environment: Mapping[str, str]) -> int:
        return int(environment.get(self.port_setting) or self.default_port)

    def require_port(self, environment: Mapping[str, str]) -> None:
        require_free(self.port(environment), wanted_for=self.name, choose_with=self.port_setting)

    def start(self, facts: Mapping[str, str], *, folder: Path, environment: Mapping[str, str]) -> GuardedProcess:
        """Start it as a child that ends with this process."""
        options = [part for key, value in self.options.items() for part in (key, value.format(**facts))]
        command = [PYTHON, "-m", self.module, "--port", str(self.port(environment)), *options]
        clean = {"PATH": environment.get("PATH", ""), "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"}
        log_file = folder / f"{self.module.rsplit('.', 1)[-1]}.log"
        with log_file.open("wb") as log:
            process = GuardedProcess(command, environment=clean, log=log)

        def answers() -> bool:
            if not process.is_running():
                raise CannotRun(f"The {self.name} ended while starting; its log is {log_file}")
            return is_listening(self.port(environment))

        wait_until(answers, within_seconds=START_SECONDS, what=f"the {self.name} to answer")
        return process


CHAPA = Simulator(
    "Chapa simulator",
    "infra.local.chapa",
    "CHAPA_PORT",
    4580,
    {
        "--secret-key": "{secret_key}",
        "--webhook-secret": "{webhook_secret}",
        "--webhook-url": "{api_url}/webhooks/chapa",
        "--state": "{folder}/chapa.json",
    },
)
MAILBOX = Simulator(
    "Mailbox", "infra.local.mailbox", "MAILBOX_PORT", 4581, {"--cloud-url": "{cloud_url}", "--account": "{account}"}
)
TWILIO = Simulator(
    "Twilio simulator",
    "infra.local.twilio",
    "SMS_PORT",
    4582,
    {"--account-sid": "{account_sid}", "--auth-token": "{auth_token}", "--state": "{folder}/twilio.json"},
)
RATES = Simulator(
    "Exchange rates", "infra.local.exchange_rates", "RATES_PORT", 4583, {"--state": "{folder}/exchange_rates.json"}
)
SIMULATORS = (CHAPA, MAILBOX, TWILIO, RATES)
