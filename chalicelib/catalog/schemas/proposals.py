"""How does what sellers propose, and what staff answer, look on the wire?"""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from chalicelib.catalog.rules import ProposalStatus
from chalicelib.core.wire import NOT_BLANK, WHOLE, Draft, View

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=NOT_BLANK)]


class ApprovalDraft(Draft):
    """What was seen when something is approved, beside the product that `If-Match` names."""

    gallery_version: Annotated[
        int | None, Field(ge=0, description="The number that the tag of the product's pictures begins with."), WHOLE
    ] = None


class RefusalDraft(Draft):
    """Why something is refused; whoever sells it reads that."""

    reasons: Annotated[list[Reason], Field(min_length=1, max_length=10)]


class ProposalView(View):
    """What a seller asks staff to decide about. Without changes, it is whether the product may be sold at all."""

    status: ProposalStatus
    changes: Annotated[
        dict[str, Any], Field(description="Fields as they were sent to change the product; `variants` are to be added.")
    ]
    options: Annotated[
        dict[str, dict[str, str]], Field(description="By SKU, the options that present variants shall have.")
    ]
    proposed_by: str
    proposed_at: str
    decided_at: str | None
    reasons: Annotated[list[str], Field(description="Why it was refused.")]
