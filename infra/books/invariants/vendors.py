"""Is every vendor's application where its state says, once, and are its vendors there?"""

from chalicelib.core.storage import keys
from chalicelib.vendors.models import OpenVendorApplication, Vendor, VendorApplication, VendorApplicationEntry
from chalicelib.vendors.rules import ApplicationStatus
from infra.books.ledger import Books, Troubles

_OPEN = ApplicationStatus.OPEN


def applications_are_listed_as_they_are(books: Books) -> Troubles:
    """Each application has an entry that shows its state, and each entry an application."""
    for application in books.all(VendorApplication):
        entry = books.find(VendorApplicationEntry, keys.vendor_application_entry(application.application_id))
        listed = entry and (entry.status, entry.gsi1pk, entry.applicant_id)
        status = application.status
        if listed != (status, keys.vendor_applications(status), application.applicant_id):
            yield application.key, f"{status}, listed as {listed}"
    for entry in books.all(VendorApplicationEntry):
        key = keys.vendor_application(entry.applicant_id, entry.application_id)
        if books.find(VendorApplication, key) is None:
            yield entry.key, "lists an application that is not there"


def open_applications_are_guarded(books: Books) -> Troubles:
    """An applicant's guard names their one open application, and is gone when that is closed."""
    guards = {guard.application_id: guard for guard in books.all(OpenVendorApplication)}
    waiting = {each.application_id: each for each in books.all(VendorApplication) if each.status == _OPEN}
    for application_id in waiting.keys() - guards.keys():
        yield waiting[application_id].key, "open, and the applicant may send another one"
    for application_id in guards.keys() - waiting.keys():
        yield guards[application_id].key, f"guards {application_id}, which is not open"


def approved_applications_became_vendors(books: Books) -> Troubles:
    """An approved application names a vendor that is there; no other names one."""
    for application in books.all(VendorApplication):
        named, is_approved = application.vendor_id, application.status == ApplicationStatus.APPROVED
        if is_approved != (named is not None):
            yield application.key, f"{application.status}, of vendor {named}"
        elif named is not None and books.find(Vendor, keys.vendor(named)) is None:
            yield application.key, f"became vendor {named}, which is not there"
