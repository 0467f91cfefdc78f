"""Is the audit trail what was written? `python -m infra.audit verify` walks its chain and says what does not fit."""

import argparse
import sys

from infra.audit.verifying import AuditTable, Head, verify
from infra.commands.target import ShopNotFound, add_choices, chosen_cloud, table_of


def main(arguments: list[str] | None = None) -> int:
    """Verify the chain; return 0 if it holds."""
    parser = argparse.ArgumentParser(prog="python -m infra.audit", description=__doc__)
    parser.add_argument("verb", choices=["verify"])
    add_choices(parser)
    parser.add_argument(
        "--head", action="append", default=[], type=Head.read, help="an end that was printed earlier; it must still fit"
    )
    chosen = parser.parse_args(arguments)
    cloud = chosen_cloud()
    try:
        table = table_of(cloud, stack=chosen.stack, table=chosen.table, output="AuditTableName")
    except ShopNotFound as problem:
        sys.exit(str(problem))
    verdict = verify(AuditTable(cloud, table), chosen.head)
    print(f"{table}: {verdict.head.number} entries hold; the last one is {verdict.head}")
    if verdict.trouble is not None:
        print(f"Broken: {verdict.trouble}")
    return 0 if verdict.trouble is None else 1


if __name__ == "__main__":
    sys.exit(main())
