"""How is the mailbox started from a shell?"""

import argparse
import signal
import sys
import threading

from infra.local.mailbox.mailbox import Mailbox


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.local.mailbox", description="Read the shop's mail")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--cloud-url", required=True, help="the embedded cloud, such as http://127.0.0.1:4566")
    parser.add_argument("--account", help="show the mail of one 12-digit account only")
    given = parser.parse_args(arguments)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    try:
        mailbox = Mailbox(given.cloud_url, host=given.host, port=given.port, account=given.account)
    except OSError as error:
        print(f"mailbox: port {given.port}: {error.strerror}", file=sys.stderr)
        return 1
    with mailbox:
        print(f"mailbox: {mailbox.url}", flush=True)
        stop.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
