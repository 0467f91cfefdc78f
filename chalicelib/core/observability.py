"""How is the shop watched? One structured logger, metrics on standard output, and a trace id that travels."""

import logging
from contextvars import ContextVar

from aws_lambda_powertools import Logger

logger = Logger(service="nexus", level=logging.INFO, utc=True, use_rfc3339=True)

traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)

_NAMESPACE = "Nexus"


def count(metric: str, value: int = 1, **dimensions: str) -> None:
    """Count something for alarms: one CloudWatch metric in embedded metric format on standard output."""
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    with single_metric(name=metric, unit=MetricUnit.Count, value=value, namespace=_NAMESPACE) as emitted:
        for name, what in dimensions.items():
            emitted.add_dimension(name=name, value=what)
