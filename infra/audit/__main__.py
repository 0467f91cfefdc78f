"""Is the audit trail what was written? `python -m infra.audit verify` walks its chain and says what does not fit."""

import argparse
import sys

from infra.audit.reading import Archive, AuditTable
from infra.audit.verifying import Head, verify
from infra.commands.target import ShopNotFound, add_choices, chosen_cloud, table_of


def main(arguments: list[str] | None = None) -> int:
    """Verify the chain; return 0 if it holds."""
    parser = argparse.ArgumentParser(prog="python -m infra.audit", description=__doc__)
    parser.add_argument("verb", choices=["verify"])
    add_choices(parser)
    parser.add_argument(
        "--head", action="append", default=[], type=Head.read, help="an end that was printed earlier; it must still fit"
    )
    parser.add_argument("--archive", metavar="BUCKET", help="compare each entry with its object in this bucket, too")
    chosen = parser.parse_args(arguments)
    cloud = chosen_cloud()
    try:
        table = table_of(cloud, stack=chosen.stack, table=chosen.table, output="AuditTableName")
    except ShopNotFound as problem:
        sys.exit(str(problem))
    archive = Archive(cloud, chosen.archive) if chosen.archive else None
    verdict = verify(AuditTable(cloud, table), chosen.head, archive)
    print(f"{table}: {verdict.head.number} entries hold; the last one is {verdict.head}")
    if verdict.trouble is not None:
        print(f"Broken: {verdict.trouble}")
    return 0 if verdict.trouble is None else 1


if __name__ == "__main__":
    sys.exit(main())
