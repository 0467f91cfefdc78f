"""How are vendors found?"""

from chalicelib.core.storage import keys
from chalicelib.core.storage.identity import Standing
from chalicelib.core.storage.table import Slice, find, find_many, index_slice, page
from chalicelib.vendors.models import OpenVendorApplication, Vendor, VendorApplication, VendorApplicationEntry
from chalicelib.vendors.rules import ApplicationStatus


def find_vendor(vendor_id: str) -> Vendor | None:
    """Return a vendor."""
    return find(Vendor, keys.vendor(vendor_id))


def all_vendors(after: str | None, limit: int) -> Slice[Vendor]:
    """Return a page of vendors, by id."""
    return page(Vendor, keys.VENDORS, after=after, limit=limit)


def applicant(user_id: str) -> tuple[Standing | None, OpenVendorApplication | None]:
    """Return what a user may do now, and which of their applications is open."""
    items = find_many([keys.standing(user_id), keys.open_vendor_application(user_id)])
    standing = next((item for item in items if isinstance(item, Standing)), None)
    return standing, next((item for item in items if isinstance(item, OpenVendorApplication)), None)


def find_application(applicant_id: str, application_id: str) -> VendorApplication | None:
    """Return one applicant's application; somebody else's is not there."""
    return find(VendorApplication, keys.vendor_application(applicant_id, application_id))


def applications_of(applicant_id: str, *, after: str | None, limit: int) -> Slice[VendorApplication]:
    """Return a page of an applicant's applications, newest first."""
    pk, prefix = keys.owner(applicant_id), keys.VENDOR_APPLICATION_PREFIX
    return page(VendorApplication, pk, prefix=prefix, after=after, limit=limit, newest_first=True)


def find_entry(application_id: str) -> VendorApplicationEntry | None:
    """Return where an application is."""
    return find(VendorApplicationEntry, keys.vendor_application_entry(application_id))


def entries_in(status: ApplicationStatus, *, after: str | None, limit: int) -> Slice[VendorApplicationEntry]:
    """Return a page of the applications in a state: open ones in the order of their coming, others newest first."""
    return index_slice(
        VendorApplicationEntry,
        "gsi1",
        keys.vendor_applications(status),
        after=after,
        row_of=keys.vendor_application_entry,
        limit=limit,
        newest_first=status is not ApplicationStatus.OPEN,
    )
