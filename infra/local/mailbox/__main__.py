"""How is the mailbox started from a shell?"""

import argparse
import sys

from infra.local import standing_in
from infra.local.mailbox.mailbox import Mailbox


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.local.mailbox", description="Read the shop's mail")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--cloud-url", required=True, help="the embedded cloud, such as http://127.0.0.1:4566")
    parser.add_argument("--account", help="show the mail of one 12-digit account only")
    given = parser.parse_args(arguments)
    return standing_in.run(
        "mailbox",
        lambda: Mailbox(given.cloud_url, host=given.host, port=given.port, account=given.account),
        port=given.port,
    )


if __name__ == "__main__":
    sys.exit(main())
