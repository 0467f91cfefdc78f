"""What does the audit trail do when somebody announces an act?"""

from chalicelib.audit import service as audit
from chalicelib.audit.rules import Act
from chalicelib.core.events.audit_recorded import AuditRecorded
from chalicelib.core.events.consuming import Consumer, Message, Once

audit_trail = Consumer("audit_trail")


@audit_trail.on(AuditRecorded, once=Once.BY_OWN_WRITES)
def keep_act(message: Message[AuditRecorded]) -> None:
    """Put an entry at the end of its chain, together with a guard named by the event."""
    audit.keep(Act(event_id=message.id, at=message.time, **vars(message.data)))
