"""What does the audit trail look like on the wire?"""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.core.wire import NOT_BLANK, PageQuery, View

_DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
Moment = Annotated[str, StringConstraints(pattern=f"^{_DATE}T{_CLOCK}Z$")]
Wanted = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NOT_BLANK)]


class AuditQuery(PageQuery):
    """Which entries are wanted."""

    subject: Annotated[Wanted | None, Field(description="To what it was done: an id.")] = None
    actor: Annotated[Wanted | None, Field(description="Who did it: an id, or `system`.")] = None
    kind: Annotated[Wanted | None, Field(description="What was done, such as `change_product`.")] = None
    since: Annotated[Moment | None, Field(description="Not before this time, in UTC.")] = None
    until: Annotated[Moment | None, Field(description="Before this time, in UTC.")] = None


class AuditChangeView(View):
    """A field before and after; null where there was nothing, masked where it is nobody's business."""

    field: str
    before: str | None
    after: str | None


class AuditEntryView(View):
    """Who did what to what, from where, and what it changed. ``hash`` covers it all and the entry before it."""

    number: int
    at: str
    kind: str
    outcome: str
    subject: str
    parts: list[str]
    actor: str
    actor_kind: str
    request_id: str
    address: str
    changes: list[AuditChangeView]
    hash: str
