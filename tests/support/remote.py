"""How does a test see to it that a call to a vendor uses no connection of an earlier test?"""

from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.core import remote


@contextmanager
def fresh_connections() -> Iterator[None]:
    """Keep connections for the block only."""
    remote._session.cache_clear()
    yield
    remote._session().close()
    remote._session.cache_clear()
