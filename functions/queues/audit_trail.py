"""Which Lambda writes the audit trail? This one, and no other may."""

from chalicelib.audit.reactions import audit_trail

handler = audit_trail.handler
