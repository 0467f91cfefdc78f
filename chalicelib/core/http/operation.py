"""What is an operation? Everything one ``@router.get(...)`` says, for binding, deployment and documents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from chalicelib.core.errors import Refusal
from chalicelib.core.http.access import Access, Caller
from chalicelib.core.http.request import Request
from chalicelib.core.http.throttling import Throttling, demand_countable

B = TypeVar("B")

JSON_TYPES = ("application/json", "application/merge-patch+json")
FORM_TYPES = ("application/x-www-form-urlencoded",)


class Keyed(StrEnum):
    """What an operation does with an ``Idempotency-Key``."""

    ACCEPTED = "accepted"
    REQUIRED = "required"
    REFUSED = "refused"  # it issues credentials


class IfMatch(StrEnum):
    """What an operation does with ``If-Match``."""

    IGNORED = "ignored"
    HONOURED = "honoured"
    REQUIRED = "required"


@dataclass(frozen=True)
class Answer(Generic[B]):
    """A body with what belongs beside it: the version for its tag, where the thing lives, and its language.

    ``language`` is that of the texts where it is not the reader's, since there were none in that one. What is
    ``good_until`` a moment is not kept by any cache beyond it.
    """

    body: B
    version: int | None = None
    location: str | None = None
    language: str | None = None
    good_until: str | None = None


@dataclass(frozen=True)
class Elsewhere:
    """Nothing to read here: whoever asked is sent on to an address, which the view has chosen and nobody else."""

    address: str


@dataclass(frozen=True)
class Html:
    """A page or an asset instead of a model, with the content security policy it needs.

    What ``is_immutable`` is named by its content, so whoever has it never asks again.
    """

    text: str
    content_type: str = "text/html; charset=utf-8"
    policy: str = "default-src 'none'"
    is_immutable: bool = False


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One declared operation."""

    method: str
    path: str
    view: Callable[..., Any]
    access: Access
    status: int
    tag: str
    path_names: tuple[str, ...]
    parameters: tuple[str, ...]
    body_type: type[BaseModel] | None
    query_type: type[BaseModel] | None
    answer_type: Any
    raises: tuple[type[Refusal], ...] = ()
    keyed: Keyed = Keyed.ACCEPTED
    if_match: IfMatch = IfMatch.IGNORED
    is_cacheable: bool = False
    produces: tuple[str, ...] = ("text/html",)
    consumes: tuple[str, ...] = JSON_TYPES
    throttles: tuple[Throttling, ...] = ()
    follow_up: Callable[[Any, Request, Caller], Any] | None = None

    def __post_init__(self) -> None:
        demand_countable(self.throttles, has_body=self.body_type is not None, is_cacheable=self.is_cacheable)
        if self.body_type is not None and self.consumes != JSON_TYPES:
            raise TypeError(f"{self.id} takes {self.consumes}, and only JSON becomes a body: take the request")

    @property
    def id(self) -> str:
        """Return the name of the view, which is the operation's name in every document."""
        return self.view.__name__

    @property
    def changes_state(self) -> bool:
        """Tell whether calling it may write."""
        return self.method not in ("GET", "HEAD")

    @property
    def reads_raw_body(self) -> bool:
        """Tell whether the view checks the very bytes itself (signed webhooks)."""
        return self.method == "POST" and self.body_type is None and "request" in self.parameters

    @property
    def takes_json(self) -> bool:
        """Tell whether its body may be JSON; whoever calls us on terms of their own may send something else."""
        return JSON_TYPES[0] in self.consumes

    @property
    def summary(self) -> str:
        """Return the first line of the view's docstring."""
        return (self.view.__doc__ or "").strip().partition("\n")[0]

    @property
    def description(self) -> str:
        """Return the rest of the view's docstring."""
        lines = (self.view.__doc__ or "").strip().partition("\n")[2].splitlines()
        return "\n".join(line.strip() for line in lines).strip()


Headers = Mapping[str, str]
