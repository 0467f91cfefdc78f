"""Which operations does the audit trail have?"""

from chalicelib.audit import rules, views
from chalicelib.audit import service as audit
from chalicelib.audit.schemas import AuditEntryView, AuditQuery
from chalicelib.core.http import Request, Router, paging, staff
from chalicelib.core.wire import Page

router = Router("audit")


@router.get("/audit-entries", access=staff("audit.read").fresh)
def list_audit_entries(query: AuditQuery, request: Request) -> Page[AuditEntryView]:
    """Search the audit trail, newest first, by subject, actor, kind and time; all that is given must fit.

    A page may be shorter than `limit`, or empty, while `next_cursor` leads on. An entry takes a moment to be there.
    """
    wanted = rules.wanted(query.subject, query.actor, query.kind, since=query.since, until=query.until)
    found = audit.search(wanted, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, views.entry_view)
