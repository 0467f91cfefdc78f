"""How does somebody ask to sell, follow what becomes of it, and think again?"""

from chalicelib.core import clock, ids
from chalicelib.core.storage import keys
from chalicelib.core.storage.table import Slice
from chalicelib.vendors import store
from chalicelib.vendors.errors import (
    AlreadySelling,
    ApplicantInactive,
    VendorApplicationNotFound,
    VendorApplicationOpen,
)
from chalicelib.vendors.events import VendorApplied
from chalicelib.vendors.models import VendorApplication
from chalicelib.vendors.rules import ApplicationStatus, Business
from chalicelib.vendors.service import filing

_ID_PREFIX = "vap"


def apply(user_id: str, business: Business) -> VendorApplication:
    """Ask to sell: 1 read, 1 transaction. Announces ``vendor.applied``.

    Raises ``VendorApplicationOpen`` while another one waits, ``AlreadySelling`` or ``ApplicantInactive``.
    """
    standing, waiting = store.applicant(user_id)
    if standing is None or not standing.is_active:
        raise ApplicantInactive()
    if standing.vendor_id is not None:
        raise AlreadySelling(vendor_id=standing.vendor_id)
    if waiting is not None:
        raise VendorApplicationOpen(application_id=waiting.application_id)
    application_id = ids.new(_ID_PREFIX)
    application = VendorApplication.at(
        keys.vendor_application(user_id, application_id),
        application_id=application_id,
        applicant_id=user_id,
        business=business,
        applied_at=clock.as_text(clock.now()),
    )
    filing.file(application, event=VendorApplied(application_id, user_id))
    return application


def withdraw(user_id: str, application_id: str) -> VendorApplication:
    """Take an open application back; again is done already. Raises ``VendorApplicationClosed`` once it is decided."""
    application = get_application(user_id, application_id)
    if application.status != ApplicationStatus.WITHDRAWN:
        filing.close(application, ApplicationStatus.WITHDRAWN)
    return application


def get_application(user_id: str, application_id: str) -> VendorApplication:
    """Return an applicant's application. Raises ``VendorApplicationNotFound``, for somebody else's too."""
    application = store.find_application(user_id, application_id)
    if application is None:
        raise VendorApplicationNotFound()
    return application


def applications_of(user_id: str, *, after: str | None, limit: int) -> Slice[VendorApplication]:
    """Return a page of an applicant's applications, newest first."""
    return store.applications_of(user_id, after=after, limit=limit)
