"""How does another key come to sign access tokens? `python -m infra.commands.rotate_keys` begins a takeover.

The new key is published at once and signs when everybody knows it; the old ones are withdrawn when the last token that
they signed has expired. Nothing is left to be done by hand, and nobody is signed out. If a key has leaked, `--leaked`
does all of it at once: access tokens that are out become worthless, refresh tokens go on.
"""

import argparse
import sys
from datetime import UTC, datetime

from chalicelib.users import service as users
from infra.commands.target import ShopNotFound, chosen_cloud, work_as


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, find the shop, rotate its keys and say what happens when."""
    parser = argparse.ArgumentParser(prog="python -m infra.commands.rotate_keys", description=__doc__)
    parser.add_argument("--stack", default="nexus", help="stack whose keys are meant")
    parser.add_argument("--leaked", action="store_true", help="withdraw every present key at once")
    chosen = parser.parse_args(arguments)
    try:
        work_as(chosen_cloud(), "users-api", stack=chosen.stack)
    except ShopNotFound as problem:
        sys.exit(str(problem))
    print(told(users.replace_leaked_signing_keys() if chosen.leaked else users.rotate_signing_keys()))


def told(rotation: users.Rotation) -> str:
    """Say what happens when."""
    takeover = rotation.takeover
    ended = [f"{key_id} is withdrawn at {_moment(takeover.old_ends_at)}" for key_id in rotation.ended_key_ids]
    return "\n".join([f"{rotation.key_id} is published and signs from {_moment(takeover.signs_from)}", *ended])


def _moment(epoch_seconds: int) -> str:
    return datetime.fromtimestamp(epoch_seconds, UTC).isoformat()


if __name__ == "__main__":
    main()
