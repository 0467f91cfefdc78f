"""How is the Chapa simulator started from a shell?"""

import argparse
import signal
import sys
import threading
from pathlib import Path

from pydantic import ValidationError

from infra.local.chapa.records import Settings
from infra.local.chapa.simulator import ChapaSimulator


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    names = set(Settings.model_fields)
    chosen = {name: value for name, value in vars(given).items() if name in names and value is not None}
    try:
        simulator = ChapaSimulator(
            Settings.model_validate(chosen),
            secret_key=given.secret_key,
            webhook_secret=given.webhook_secret,
            host=given.host,
            port=given.port,
            public_url=given.public_url,
            state_file=given.state,
        )
    except (OSError, ValueError) as error:
        print(f"chapa: {_told(error, given.port)}", file=sys.stderr)
        return 1
    with simulator:
        print(f"chapa: {simulator.api_url} (control: {simulator.url}/_simulator)", flush=True)
        stop.wait()
    return 0


def _told(error: Exception, port: int) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    return f"port {port}: {error.strerror}" if isinstance(error, OSError) else str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.local.chapa", description="Chapa v1 on this machine")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--public-url", help="what checkout links begin with, when it is not http://127.0.0.1:PORT")
    parser.add_argument("--secret-key", required=True, help="a test key: CHASECK_TEST-...")
    parser.add_argument("--webhook-secret", required=True)
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep payments in this file between starts")
    parser.add_argument("--webhook-url")
    parser.add_argument("--merchant-name")
    parser.add_argument("--link-window-seconds", type=float)
    parser.add_argument("--seconds-between-tries", type=float)
    parser.add_argument("--refund-seconds", type=float)
    return parser


if __name__ == "__main__":
    sys.exit(main())
