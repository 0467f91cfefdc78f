"""What is out of order, on the wire?"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.account import forget_clients


@contextmanager
def no_machine(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every call of Step Functions fail on the wire."""
    with patch.context() as outage:
        outage.setenv("AWS_ENDPOINT_URL_SFN", "http://127.0.0.1:9")
        forget_clients()
        yield
    forget_clients()
