"""What does pricing do when time has passed?"""

from collections.abc import Mapping
from typing import Any

from chalicelib.pricing import service


def fetch(event: Mapping[str, Any], context: object) -> dict[str, int]:
    """Fetch exchange rates; runs once a day."""
    return service.fetch_rates()
