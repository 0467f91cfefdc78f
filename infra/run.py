"""How does the whole shop run on this machine? `make run` starts it here and stops it with everything kept."""

import contextlib
import fcntl
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from infra.clouds import Cloud, CloudName, chosen_name, embedded_cloud, remote_cloud
from infra.commands import make_admin, target
from infra.deployment import Deployment, DeploymentFailed
from infra.local.demo_shop.opening import open_shop
from infra.local.demo_shop.shop import Account, Role
from infra.local.demo_shop.wire import LoadError
from infra.local.embedded_cloud import DEFAULT_PORT, EmbeddedCloud
from infra.local.guarded import GuardedProcess
from infra.local.refusals import CannotRun
from infra.local.simulators import CHAPA, RATES, SIMULATORS, TWILIO, Simulator
from infra.packaging import REPOSITORY
from infra.waiting import WaitedTooLong

STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Everybody who calls a shop on this machine has the same address; each start tries to sign the demo accounts up.
_ATTEMPTS = dict.fromkeys(("SignInsPerAddress", "SignUpsPerAddress", "RefreshesPerAddress"), "10000/900")
# Nobody waits a day for the first exchange rates.
_SOON = {"RatesSchedule": "rate(1 minute)"}


class Stopped(BaseException):
    """Somebody asked the shop to stop."""


def main() -> int:
    folder = Path(os.environ.get("NEXUS_DATA") or REPOSITORY / ".local" / "run")
    folder.mkdir(parents=True, exist_ok=True)
    for number in STOPPING_SIGNALS:
        signal.signal(number, _stop)
    try:
        with ExitStack() as running:
            running.enter_context(_alone_in(folder))
            try:
                _run(folder, running)
            finally:
                _ignore_signals()
    except Stopped:
        say("Stopped; the data is kept.")
    except (CannotRun, WaitedTooLong, DeploymentFailed, LoadError) as problem:
        say(str(problem))
        return 1
    return 0


def say(line: str) -> None:
    """Print a plain line at once; a terminal that is gone is no reason to stop badly."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


def _run(folder: Path, running: ExitStack) -> None:
    simulators = [each for each in SIMULATORS if each.is_here()]
    for simulator in simulators:
        simulator.require_port(os.environ)
    cloud = _cloud(folder, running)
    outputs = Deployment(cloud, "nexus", _parameters(cloud, simulators), say=say).deploy()
    children: dict[str, GuardedProcess] = {}
    if cloud.is_local:
        facts = _facts(cloud, outputs, folder)
        for simulator in simulators:
            say(f"Starting the {simulator.name}")
            child = children[simulator.name] = simulator.start(facts, folder=folder, environment=os.environ)
            running.callback(child.stop)
    accounts = _open_demo_shop(cloud, outputs) if cloud.is_local else ()
    people = {f"{account.role} {account.email}": account.password for account in accounts}
    _print_table({**_addresses(cloud, outputs, simulators), **people})
    _wait_while_running(children)


def _open_demo_shop(cloud: Cloud, outputs: dict[str, str]) -> tuple[Account, ...]:
    def admit(account: Account) -> None:
        target.point_at(cloud, table=outputs["TableName"])
        make_admin.make_user(account.email, name=account.name, password=account.password)
        if account.role is Role.ADMIN:
            make_admin.make_admin(account.email, name=account.name)

    return open_shop(outputs["ApiUrl"], admit=admit, say=say)


def _cloud(folder: Path, running: ExitStack) -> Cloud:
    name = chosen_name()
    if name is not CloudName.EMBEDDED:
        return remote_cloud(name)
    port = int(os.environ.get("CLOUD_PORT") or DEFAULT_PORT)
    say("Starting the embedded cloud")
    process = EmbeddedCloud(folder, port=port)
    running.enter_context(process)
    return embedded_cloud(process.endpoint_url)


def _parameters(cloud: Cloud, simulators: list[Simulator]) -> dict[str, str]:
    if not cloud.is_local:
        return {}
    here = f"http://{cloud.host_of_this_machine}"
    addresses = (("ChapaBaseUrl", CHAPA, "/v1"), ("TwilioBaseUrl", TWILIO, ""), ("RatesBaseUrl", RATES, "/v6"))
    vendors = {
        parameter: f"{here}:{each.port(os.environ)}{path}" for parameter, each, path in addresses if each in simulators
    }
    return {**vendors, **_ATTEMPTS, **_SOON}


def _facts(cloud: Cloud, outputs: dict[str, str], folder: Path) -> dict[str, str]:
    secrets = cloud.client("secretsmanager")
    credentials: dict[str, str] = {}
    for name in ("ChapaSecret", "TwilioSecret"):
        credentials |= json.loads(secrets.get_secret_value(SecretId=outputs[name])["SecretString"])
    places = {"folder": str(folder), "api_url": outputs["ApiUrl"], "cloud_url": str(cloud.endpoint_url)}
    return {**places, "account": str(cloud.account), **credentials}


def _addresses(cloud: Cloud, outputs: dict[str, str], simulators: list[Simulator]) -> dict[str, str]:
    addresses = {"API": outputs["ApiUrl"], "Cloud": cloud.endpoint_url or cloud.name}
    if cloud.is_local:
        addresses |= {each.name: f"http://127.0.0.1:{each.port(os.environ)}" for each in simulators}
    return addresses


def _print_table(rows: dict[str, str]) -> None:
    width = max(len(name) for name in rows)
    say("")
    for name, value in rows.items():
        say(f"{name:<{width}}  {value}")
    say("")
    say("Running. Stop with Ctrl-C; the data is kept for the next start.")


def _wait_while_running(children: dict[str, GuardedProcess]) -> None:
    nothing = threading.Event()
    while not nothing.wait(1):
        for name, child in children.items():
            if not child.is_running():
                raise CannotRun(f"The {name} ended by itself; its log is beside the data")


def _stop(*_: object) -> None:
    raise Stopped


def _ignore_signals() -> None:
    for number in STOPPING_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotRun(f"The shop is running already on the data in {folder}") from None
        yield


if __name__ == "__main__":
    sys.exit(main())
