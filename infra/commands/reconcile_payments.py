"""Does the shop know of all money at Chapa? `python -m infra.commands.reconcile_payments` compares the two lists.

It goes through Chapa's own list of transactions, newest first, and names each that was paid and that the shop does not
have as paid. An attempt of the shop's is verified then, as a webhook would have it, so that the money gets its fate;
`--dry-run` only looks. A reference that the shop does not know is for a person to look at. Status 1 means that there
was something.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.core.storage import transactions
from chalicelib.payments import service as payments
from chalicelib.payments.rules import PAID
from infra.commands.target import ShopNotFound, chosen_cloud, work_as


@dataclass(frozen=True)
class Gap:
    """Money that only Chapa knows of."""

    tx_ref: str
    reference: str
    is_ours: bool

    def __str__(self) -> str:
        known = "paid at Chapa, and not here" if self.is_ours else "paid at Chapa, and unknown here"
        return f"{self.tx_ref or 'no reference'} ({self.reference}): {known}"


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, find the shop and compare."""
    parser = argparse.ArgumentParser(prog="python -m infra.commands.reconcile_payments", description=__doc__)
    parser.add_argument("--stack", default="nexus", help="stack whose payments are meant")
    parser.add_argument("--pages", type=int, default=50, help="most pages of Chapa's list that are read")
    parser.add_argument("--dry-run", action="store_true", help="name the gaps and verify nothing")
    chosen = parser.parse_args(arguments)
    try:
        work_as(chosen_cloud(), "payments-api", stack=chosen.stack)
    except ShopNotFound as problem:
        sys.exit(str(problem))
    found = list(gaps(pages=chosen.pages))
    for gap in found:
        print(gap)
        if gap.is_ours and not chosen.dry_run:
            mend(gap)
    print(f"{len(found)} paid at Chapa and not here")
    return 1 if found else 0


def gaps(*, pages: int) -> Iterator[Gap]:
    """Return what was paid according to Chapa alone."""
    for number in range(1, pages + 1):
        listed = payments.recorded_at_provider(number)
        for record in listed.paid:
            known = payments.known_status(record.tx_ref)
            if known not in PAID:
                yield Gap(record.tx_ref, record.reference, is_ours=known is not None)
        if not listed.has_more:
            return


def mend(gap: Gap) -> None:
    """Verify an attempt, so that its money gets its fate."""
    transactions.settled(lambda: payments.verify(gap.tx_ref))


if __name__ == "__main__":
    sys.exit(main())
