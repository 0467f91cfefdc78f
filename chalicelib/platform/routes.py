"""Which operations belong to no shop domain? Health and the documents of the API."""

from chalicelib import VERSION
from chalicelib.core.http import Router, public
from chalicelib.core.settings import settings
from chalicelib.platform.schemas import HealthStatus, HealthView

router = Router("platform")


@router.get("/health", access=public)
def read_health() -> HealthView:
    """Say that requests reach the code. It asks nobody else, so that an outage elsewhere is not reported as ours."""
    return HealthView(status=HealthStatus.OK, version=VERSION, stage=settings.stage)
