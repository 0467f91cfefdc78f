"""What do tests of the documentation pages start from? Pages that are built as deploying builds them."""

import pytest

from infra import api_pages


@pytest.fixture(autouse=True, scope="session")
def pages() -> None:
    """Put the pages beside the platform's code."""
    api_pages.build()
