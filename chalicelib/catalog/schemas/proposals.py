"""How does what sellers propose, and what staff answer, look on the wire?"""

from typing import Annotated

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from chalicelib.catalog.rules import ProposalStatus
from chalicelib.catalog.schemas.drafts import ProductChange
from chalicelib.core.wire import WHOLE, Draft, View, text

Reason = Annotated[str, text(500)]


class ApprovalDraft(Draft):
    """What was seen when something is approved, beside the product that `If-Match` names."""

    gallery_version: Annotated[
        int | None, Field(ge=0, description="The number that the tag of the product's pictures begins with."), WHOLE
    ] = None


class RefusalDraft(Draft):
    """Why something is refused; whoever sells it reads that."""

    reasons: Annotated[list[Reason], Field(min_length=1, max_length=10)]


class ProposedChanges(ProductChange):
    """What shall be different, as it was sent; what is absent stays. ``variants`` are to be added."""

    @model_serializer(mode="wrap")
    # Without a type of its own, so that the schema is that of the members.
    def _only_what_was_sent(self, written: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def]
        return {name: value for name, value in written(self).items() if name in self.model_fields_set}


class ProposalView(View):
    """What a seller asks staff to decide about. Without changes, it is whether the product may be sold at all."""

    status: ProposalStatus
    changes: ProposedChanges
    options: Annotated[
        dict[str, dict[str, str]], Field(description="By SKU, the options that present variants shall have.")
    ]
    proposed_by: str
    proposed_at: str
    decided_at: str | None
    reasons: Annotated[list[str], Field(description="Why it was refused.")]
