"""Why does the table's stream still arrive after a restart? Because readers forget how far they had read.

The embedded cloud saves how many records each reader has read, but not the records: after a restart the
stream begins anew at nothing, and a reader would wait until as many records as before had come again.
"""

import json
from pathlib import Path

_POSITIONS = "dynamodb_stream_positions"


def forget_stream_positions(state: Path) -> None:
    """Let every reader begin at the start of the streams of the next run."""
    file = state / "lambda.json"
    if not file.exists():
        return
    saved = json.loads(file.read_text())
    if saved.get("payload", {}).pop(_POSITIONS, None) is not None:
        file.write_text(json.dumps(saved))
