"""How is the publisher of exchange rates started from a shell?"""

import argparse
import sys
from pathlib import Path

from infra.local import standing_in
from infra.local.exchange_rates.simulator import RatesSimulator


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    return standing_in.run(
        "exchange rates",
        lambda: RatesSimulator(host=given.host, port=given.port, state_file=given.state),
        port=given.port,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m infra.local.exchange_rates", description="ExchangeRate-API's open access on this machine"
    )
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep what it remembers in this file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
