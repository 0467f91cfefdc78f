"""What do the platform's answers look like?"""

from enum import StrEnum

from chalicelib.core.wire import View


class HealthStatus(StrEnum):
    OK = "ok"


class HealthView(View):
    """That requests reach the code, and which code that is."""

    status: HealthStatus
    version: str
    stage: str
