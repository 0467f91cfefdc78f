"""How does a stored entry become what staff see?"""

import json

from chalicelib.audit.models import AuditEntry
from chalicelib.audit.schemas import AuditChangeView, AuditEntryView


def entry_view(entry: AuditEntry) -> AuditEntryView:
    """Show an entry."""
    act = entry.act
    return AuditEntryView(
        number=entry.number,
        at=act.at,
        kind=act.kind,
        outcome=act.outcome,
        subject=act.subject,
        parts=act.parts,
        actor=act.actor,
        actor_kind=act.actor_kind,
        request_id=act.request_id,
        address=act.address,
        changes=[_change_view(change) for change in act.changes],
        hash=entry.hash,
    )


def _change_view(change: str) -> AuditChangeView:
    field, before, after = json.loads(change)
    return AuditChangeView(field=field, before=before, after=after)
