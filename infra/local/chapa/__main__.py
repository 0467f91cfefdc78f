"""How is the Chapa simulator started from a shell?"""

import argparse
import sys
from pathlib import Path

from infra.local import standing_in
from infra.local.chapa.records import Settings
from infra.local.chapa.simulator import LOCAL_WEBHOOK_PASSWORD, LOCAL_WEBHOOK_USER, ChapaSimulator


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    return standing_in.run("chapa", lambda: _simulator(given), port=given.port)


def _simulator(given: argparse.Namespace) -> ChapaSimulator:
    names = set(Settings.model_fields)
    chosen = {name: value for name, value in vars(given).items() if name in names and value is not None}
    return ChapaSimulator(
        Settings.model_validate(chosen),
        secret_key=given.secret_key,
        webhook_secret=given.webhook_secret,
        webhook_user=given.webhook_user,
        webhook_password=given.webhook_password,
        host=given.host,
        port=given.port,
        public_url=given.public_url,
        state_file=given.state,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.local.chapa", description="Chapa v1 on this machine")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--public-url", help="what checkout links begin with, when it is not http://127.0.0.1:PORT")
    parser.add_argument("--secret-key", required=True, help="a test key: CHASECK_TEST-...")
    parser.add_argument("--webhook-secret", required=True)
    parser.add_argument("--webhook-user", default=LOCAL_WEBHOOK_USER)
    parser.add_argument("--webhook-password", default=LOCAL_WEBHOOK_PASSWORD)
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep payments in this file between starts")
    parser.add_argument("--webhook-url")
    parser.add_argument("--merchant-name")
    parser.add_argument("--link-window-seconds", type=float)
    parser.add_argument("--seconds-between-tries", type=float)
    parser.add_argument("--refund-seconds", type=float)
    return parser


if __name__ == "__main__":
    sys.exit(main())
