"""What happens each minute? Files that belong to nothing are deleted."""

from collections.abc import Mapping
from typing import Any

from chalicelib.pictures import service


def sweep(event: Mapping[str, Any], context: object) -> dict[str, int]:
    """Give up pictures whose files never came, and delete the files of deleted ones; runs each minute."""
    return service.sweep(context)
