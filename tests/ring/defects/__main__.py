"""Would the ring notice? ``python -m tests.ring.defects [NAME...]`` plants each defect and says found or missed."""

import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from infra import common_passwords
from infra.packaging import REPOSITORY
from tests.ring.defects.planting import Defect, Verdict, defects, hunt
from tests.support.cloud import running_cloud


def main(names: list[str]) -> int:
    """Hunt for the named defects, or for all; the status tells whether one was missed."""
    common_passwords.build()
    chosen = [each for each in defects() if not names or each.name in names]
    unknown = set(names) - {each.name for each in chosen}
    if unknown:
        print(f"no defect is called {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    verdicts = []
    with running_cloud() as cloud, ThreadPoolExecutor(os.cpu_count()) as hunters:
        for verdict in hunters.map(partial(_hunted, cloud_url=cloud.endpoint_url), chosen):
            verdicts.append(verdict)
            print(verdict, flush=True)
    missed = [each.defect.name for each in verdicts if not each.is_found]
    print(f"{len(verdicts)} defects: {len(verdicts) - len(missed)} found, {len(missed)} missed {' '.join(missed)}")
    return 1 if missed else 0


def _hunted(defect: Defect, *, cloud_url: str) -> Verdict:
    below = REPOSITORY / ".local"
    below.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=below, prefix="defect-") as folder:
        return hunt(defect, Path(folder), cloud_url=cloud_url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
