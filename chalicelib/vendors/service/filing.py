"""Where is an application kept? Under its applicant, beside an entry that finds it and a guard while it is open."""

from chalicelib.core import clock
from chalicelib.core.events.event import Event
from chalicelib.core.storage import keys, transactions
from chalicelib.vendors import rules
from chalicelib.vendors.models import OpenVendorApplication, VendorApplication, VendorApplicationEntry
from chalicelib.vendors.rules import ApplicationStatus


def file(application: VendorApplication, *, event: Event) -> None:
    """Write a new application. When its applicant has another open one, the write is stale."""
    with transactions.write() as work:
        work.create(application, event=event)
        work.create(_guard(application))
        work.create(_entry(application))


def close(application: VendorApplication, to: ApplicationStatus, *, event: Event | None = None) -> None:
    """Move an open application to the state in which it stays. Raises ``VendorApplicationClosed`` for any other."""
    rules.demand_move(application.status, to)
    application.status = to
    application.closed_at = clock.as_text(clock.now())
    with transactions.write() as work:
        work.save(application, event=event)
        work.delete(_guard(application))
        work.replace(_entry(application))


def _guard(application: VendorApplication) -> OpenVendorApplication:
    key = keys.open_vendor_application(application.applicant_id)
    return OpenVendorApplication.at(key, application_id=application.application_id)


def _entry(application: VendorApplication) -> VendorApplicationEntry:
    return VendorApplicationEntry.at(
        keys.vendor_application_entry(application.application_id),
        application_id=application.application_id,
        applicant_id=application.applicant_id,
        status=application.status,
        name=application.business.name,
        applied_at=application.applied_at,
        gsi1pk=keys.vendor_applications(application.status),
        gsi1sk=application.application_id,
    )
