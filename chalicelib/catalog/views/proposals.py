"""How does what waits for staff become what its reader sees?"""

import json

from chalicelib.catalog.models import Product, Proposal
from chalicelib.catalog.rules import ProposalStatus
from chalicelib.catalog.schemas import ProposalView, ProposedChanges


def proposal_view(product: Product, proposal: Proposal) -> ProposalView:
    """Show what waits for staff, or what they refused."""
    status = ProposalStatus(proposal.status)
    return ProposalView(
        status=status,
        changes=ProposedChanges.model_validate_json(json.dumps(proposal.changes)),
        options={sku: dict(options) for sku, options in proposal.options.items()},
        proposed_by=proposal.proposed_by,
        proposed_at=proposal.proposed_at,
        decided_at=proposal.decided_at,
        reasons=(product.refusal_reasons or []) if status is ProposalStatus.REFUSED else [],
    )
