"""How are stored rows brought to today's shape? `make migrate` carries out what is not done yet, in order.

A run may be stopped anywhere and started again; the shop stays open meanwhile, since readers upgrade old rows
themselves. See docs/operations.md.
"""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from infra.commands.target import ShopNotFound, add_choices, chosen_cloud, point_at, table_of
from infra.migrations import progress
from infra.migrations.moving import RowNotMoved
from infra.migrations.plan import BadPlan, all_migrations
from infra.migrations.running import OutOfOrder, Pace, count, run


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, find the table and migrate it."""
    chosen = _parser().parse_args(arguments)
    try:
        plan = all_migrations()
        cloud = chosen_cloud()
        point_at(cloud, table=table_of(cloud, stack=chosen.stack, table=chosen.table))
        pace = Pace(page=chosen.page)
        if chosen.again is not None:
            _forget(chosen.again, [migration.name for migration in plan])
        if chosen.dry_run:
            sys.exit(1 if count(plan, say=_say, pace=pace) and chosen.strict else 0)
        run(plan, say=_say, pace=pace)
    except progress.RunningElsewhere as problem:
        sys.exit(f"{problem} is being run by somebody else; it goes on from where they stop")
    except (BadPlan, OutOfOrder, RowNotMoved, ShopNotFound) as problem:
        sys.exit(str(problem))
    except (BotoCoreError, ClientError) as problem:
        sys.exit(f"The table could not be reached: {problem}")


def _forget(first: str, names: list[str]) -> None:
    """Let a migration and those after it begin anew, since they run in order."""
    if first not in names:
        sys.exit(f"There is no migration {first}")
    for name in names[names.index(first) :]:
        progress.forget(name)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make migrate", description=__doc__)
    add_choices(parser)
    parser.add_argument("--dry-run", action="store_true", help="count the rows in old shapes and write nothing")
    parser.add_argument("--strict", action="store_true", help="with --dry-run: fail when there are any")
    parser.add_argument("--again", metavar="NAME", help="go through the table anew from this migration on")
    parser.add_argument("--page", type=int, default=Pace.page, help="rows looked at between two notes of progress")
    return parser


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
