"""How is the Twilio simulator started from a shell?"""

import argparse
import sys
from pathlib import Path

from infra.local import standing_in
from infra.local.twilio.records import Settings
from infra.local.twilio.simulator import TwilioSimulator


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    return standing_in.run("twilio", lambda: _simulator(given), port=given.port)


def _simulator(given: argparse.Namespace) -> TwilioSimulator:
    names = set(Settings.model_fields)
    chosen = {name: value for name, value in vars(given).items() if name in names and value is not None}
    return TwilioSimulator(
        Settings.model_validate(chosen),
        account_sid=given.account_sid,
        auth_token=given.auth_token,
        host=given.host,
        port=given.port,
        state_file=given.state,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.local.twilio", description="Twilio's SMS on this machine")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--account-sid", required=True, help="a test account: ACtest and 28 more")
    parser.add_argument("--auth-token", required=True)
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep messages in this file between starts")
    parser.add_argument("--status-seconds", type=float)
    parser.add_argument("--seconds-between-tries", type=float)
    return parser


if __name__ == "__main__":
    sys.exit(main())
