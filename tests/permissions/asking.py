"""What is a valid request for an operation, and who knows how to make one?

Each operation has a builder of its own name in ``tests/permissions/requests/``, in the file of its domain:

@valid
def read_cart(stage: Stage, caller: Person) -> Ask:
    owner, cart_id = stage.with_a_cart(caller)
    return Ask(path={"cart_id": cart_id}, by=owner)

A builder is called once for each caller who gets in, so whatever its request changes or uses up it makes anew; those
who are turned away all try the request that was made for the first who gets in.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlencode

from tests.permissions import requests
from tests.permissions.page import Declared
from tests.permissions.stage import Stage
from tests.support.people import Person
from tests.support.wire import Answer, Api


@dataclass(frozen=True)
class Ask:
    """One request. ``by`` is who makes it, if that must be somebody new with the caller's rights.

    What ``is_shared`` with other requests, such as the one tree of categories, may change before this one arrives: it
    is made again then, with the headers of that moment.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    by: Person | None = None
    is_shared: bool = False

    def sent_to(self, operation: Declared, api: Api) -> Answer:
        """Make the request as whoever this API is called by."""
        path = operation.path.format(**self.path) + (f"?{urlencode(self.query)}" if self.query else "")
        if self.form is not None:
            return api.sending(**self.headers).fill_in(path, self.form)
        answer = api.call(operation.method, path, self.body, **self.headers)
        for _ in range(_MOST_TRIES if self.is_shared else 0):
            if answer.status != _OUTDATED:
                break
            answer = api.call(operation.method, path, self.body, **self.headers)
        return answer


_OUTDATED, _MOST_TRIES = 412, 20
Builder = Callable[[Stage, Person], Ask]
_builders: dict[str, Builder] = {}
_hasty: set[str] = set()


def valid(builder: Builder) -> Builder:
    """Register the builder of the operation that has its name."""
    _builders[builder.__name__] = builder
    return builder


def hasty(builder: Builder) -> Builder:
    """Say that what is asked for does not last: a deadline runs."""
    _hasty.add(builder.__name__)
    return builder


@cache
def builders() -> dict[str, Builder]:
    """Return every builder by its operation."""
    for module in pkgutil.iter_modules(requests.__path__):
        importlib.import_module(f"{requests.__name__}.{module.name}")
    return _builders


def is_hasty(operation: str) -> bool:
    return operation in _hasty
