"""How do staff decide on applications? Each is decided once, whoever is faster; the same again is done already."""

from collections.abc import Sequence

from chalicelib.core import audit, ids
from chalicelib.core.storage import transactions
from chalicelib.core.storage.identity import current_standing
from chalicelib.core.storage.table import Slice
from chalicelib.users import service as users
from chalicelib.vendors import rules, store
from chalicelib.vendors.errors import ApplicantInactive, VendorApplicationNotFound
from chalicelib.vendors.events import VendorApproved, VendorRejected
from chalicelib.vendors.models import VendorApplication, VendorApplicationEntry
from chalicelib.vendors.rules import ApplicationStatus
from chalicelib.vendors.service import filing, registering
from chalicelib.vendors.service.applying import get_application

_VENDOR_PREFIX = "ven"


def applications_in(status: ApplicationStatus, *, after: str | None, limit: int) -> Slice[VendorApplicationEntry]:
    """Return a page of the applications in a state: open ones in the order of their coming, others newest first."""
    return store.entries_in(status, after=after, limit=limit)


def application_for_staff(application_id: str) -> VendorApplication:
    """Return anybody's application. Raises ``VendorApplicationNotFound``."""
    entry = store.find_entry(application_id)
    if entry is None:
        raise VendorApplicationNotFound()
    return get_application(entry.applicant_id, application_id)


def approve(application_id: str, *, by: str) -> VendorApplication:
    """Make a vendor of an application and let the applicant sell for it: 1 transaction. Announces ``vendor.approved``.

    Raises ``VendorApplicationClosed`` if it was decided otherwise, ``MemberElsewhere``, ``UserNotFound`` or
    ``ApplicantInactive``. Tokens that the applicant got before do not carry the right yet.
    """
    application = application_for_staff(application_id)
    if application.status == ApplicationStatus.APPROVED:
        return application
    applicant_id, vendor_id = application.applicant_id, ids.sibling(application_id, _VENDOR_PREFIX)
    application.decided_by, application.vendor_id = by, vendor_id
    audit.changed({"status": application.status}, {"status": ApplicationStatus.APPROVED, "vendor_id": vendor_id})
    with transactions.write():
        filing.close(application, ApplicationStatus.APPROVED, event=VendorApproved(application_id, applicant_id))
        _register(application, vendor_id)
        users.make_vendor(applicant_id, vendor_id)
        _demand_active(applicant_id)
    return application


def reject(application_id: str, *, reasons: Sequence[str], by: str) -> VendorApplication:
    """Turn an application down. Announces ``vendor.rejected``.

    Raises ``VendorApplicationClosed`` if it was decided otherwise, or for other reasons.
    """
    application = application_for_staff(application_id)
    if application.status == ApplicationStatus.REJECTED and application.reasons == list(reasons):
        return application
    application.decided_by, application.reasons = by, list(reasons)
    audit.changed(
        {"status": application.status}, {"status": ApplicationStatus.REJECTED, "reasons": application.reasons}
    )
    filing.close(
        application,
        ApplicationStatus.REJECTED,
        event=VendorRejected(application_id, application.applicant_id),
    )
    return application


def _register(application: VendorApplication, vendor_id: str) -> None:
    business = application.business
    registering.register(
        vendor_id=vendor_id,
        name=business.name,
        names=business.names,
        email=business.email,
        phone=business.phone,
        about={rules.language_of(business.description): business.description},
    )


def _demand_active(user_id: str) -> None:
    """Refuse for an account that is not in use.

    It is read after the standing that is about to be written: of a change in between, one of the two learns.
    """
    standing = current_standing(user_id)
    if standing is None or not standing.is_active:
        raise ApplicantInactive()
