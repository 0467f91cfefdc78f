"""Which operations are there for vendors, and for those who want to become one?"""

from chalicelib.core.http import (
    Answer,
    Caller,
    IfMatch,
    Request,
    Router,
    customer,
    owner_of,
    paging,
    public,
    staff,
    vendor,
)
from chalicelib.core.wire import Page, PageQuery
from chalicelib.vendors import service as vendors
from chalicelib.vendors import views
from chalicelib.vendors.errors import (
    AlreadySelling,
    ApplicantInactive,
    VendorApplicationClosed,
    VendorApplicationNotFound,
    VendorApplicationOpen,
    VendorExists,
    VendorNotFound,
)
from chalicelib.vendors.rules import Business
from chalicelib.vendors.schemas import (
    MemberDraft,
    MemberView,
    RejectionDraft,
    VendorApplicationDraft,
    VendorApplicationEntryView,
    VendorApplicationFilter,
    VendorApplicationRecord,
    VendorApplicationView,
    VendorChange,
    VendorDraft,
    VendorPageView,
    VendorProfileChange,
    VendorRecord,
    VendorView,
)

router = Router("vendors")

_applicant = owner_of("vendor_application")
_reviewer = staff("vendors.approve").fresh
_UNDECIDABLE = (VendorApplicationNotFound, VendorApplicationClosed)


@router.post("/vendors", access=staff("vendors.manage"), raises=(VendorExists,))
def create_vendor(body: VendorDraft) -> Answer[VendorRecord]:
    """Admit a vendor to the marketplace."""
    made = vendors.register(name=body.name, names=body.names, email=body.email, vendor_id=body.id)
    return Answer(views.vendor_record(made), version=made.version)


@router.get("/staff/vendors/{vendor_id}", access=staff("vendors.manage"), raises=(VendorNotFound,))
def read_vendor_as_staff(vendor_id: str) -> Answer[VendorRecord]:
    """Read a vendor as those who manage it do."""
    found = vendors.require(vendor_id)
    return Answer(views.vendor_record(found), version=found.version)


@router.patch(
    "/vendors/{vendor_id}", access=staff("vendors.manage"), if_match=IfMatch.REQUIRED, raises=(VendorNotFound,)
)
def change_vendor(vendor_id: str, body: VendorChange, request: Request) -> Answer[VendorRecord]:
    """Change a vendor's name, its names in other languages, or its address."""
    change = body.model_dump(exclude_unset=True)
    changed = vendors.change(vendor_id, **change, if_version=request.if_version)
    return Answer(views.vendor_record(changed), version=changed.version)


@router.get("/vendors", access=public, is_cacheable=True)
def list_vendors(query: PageQuery, request: Request) -> Page[VendorView]:
    """List the vendors of the marketplace, by id, named in the reader's language."""
    found = vendors.all_vendors(paging.start(request), query.limit)
    return paging.page(found, request, lambda each: views.vendor_view(each, request.locale))


@router.get("/vendors/{vendor_id}", access=public, is_cacheable=True, raises=(VendorNotFound,))
def read_vendor(vendor_id: str, request: Request) -> Answer[VendorPageView]:
    """Read a vendor's storefront: what it tells about itself, in the reader's language, and where it is reached."""
    found = vendors.require(vendor_id)
    return Answer(views.vendor_page_view(found, request.locale), version=found.version)


@router.get("/vendors/mine", access=vendor, raises=(VendorNotFound,))
def read_own_vendor(caller: Caller) -> Answer[VendorRecord]:
    """Read the vendor that one sells for, in every language."""
    found = vendors.require(str(caller.vendor_id))
    return Answer(views.vendor_record(found), version=found.version)


@router.patch("/vendors/mine", access=vendor.fresh, if_match=IfMatch.REQUIRED, raises=(VendorNotFound,))
def change_own_vendor(body: VendorProfileChange, caller: Caller, request: Request) -> Answer[VendorRecord]:
    """Change what the vendor that one sells for is called in each language, how it is reached, and what it tells.

    The name that it goes by is kept by staff.
    """
    change = body.model_dump(exclude_unset=True)
    changed = vendors.change(str(caller.vendor_id), **change, if_version=request.if_version)
    return Answer(views.vendor_record(changed), version=changed.version)


@router.post(
    "/vendors/{vendor_id}/members",
    access=staff("vendors.manage"),
    raises=(VendorNotFound, vendors.UserNotFound, vendors.MemberElsewhere),
)
def add_vendor_member(vendor_id: str, body: MemberDraft) -> MemberView:
    """Let a user sell for a vendor. Tokens that the user got before do not carry the right yet."""
    user_id = vendors.add_member(vendor_id, user_id=body.user_id, email=body.email)
    return MemberView(vendor_id=vendor_id, user_id=user_id)


@router.post(
    "/vendor-applications",
    access=customer,
    raises=(VendorApplicationOpen, AlreadySelling, ApplicantInactive),
)
def apply_as_vendor(body: VendorApplicationDraft, caller: Caller) -> Answer[VendorApplicationView]:
    """Ask to sell in the marketplace. One application at a time waits for an answer."""
    application = vendors.apply(caller.id, Business(**body.model_dump()))
    location = f"/vendor-applications/{application.application_id}"
    return Answer(views.application_view(application), version=application.version, location=location)


@router.get("/vendor-applications/mine", access=customer)
def list_own_vendor_applications(query: PageQuery, caller: Caller, request: Request) -> Page[VendorApplicationView]:
    """List one's applications, newest first."""
    found = vendors.applications_of(caller.id, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, views.application_view)


@router.get("/vendor-applications/{application_id}", access=_applicant, raises=(VendorApplicationNotFound,))
def read_own_vendor_application(application_id: str, caller: Caller) -> Answer[VendorApplicationView]:
    """Read one of one's applications."""
    application = vendors.get_application(caller.id, application_id)
    return Answer(views.application_view(application), version=application.version)


@router.post("/vendor-applications/{application_id}/withdrawal", access=_applicant, raises=_UNDECIDABLE)
def withdraw_vendor_application(application_id: str, caller: Caller) -> Answer[VendorApplicationView]:
    """Take an application back before it is decided. One may apply again."""
    application = vendors.withdraw(caller.id, application_id)
    return Answer(views.application_view(application), version=application.version)


@router.get("/staff/vendor-applications", access=_reviewer)
def list_vendor_applications(query: VendorApplicationFilter, request: Request) -> Page[VendorApplicationEntryView]:
    """List applications in one state: open ones in the order in which they came, others newest first."""
    found = vendors.applications_in(query.status, after=paging.start(request), limit=query.limit)
    return paging.page(found, request, views.entry_view)


@router.get("/staff/vendor-applications/{application_id}", access=_reviewer, raises=(VendorApplicationNotFound,))
def read_vendor_application(application_id: str) -> Answer[VendorApplicationRecord]:
    """Read anybody's application."""
    application = vendors.application_for_staff(application_id)
    return Answer(views.application_record(application), version=application.version)


@router.post(
    "/staff/vendor-applications/{application_id}/approval",
    access=_reviewer,
    raises=(*_UNDECIDABLE, vendors.UserNotFound, vendors.MemberElsewhere, ApplicantInactive),
)
def approve_vendor_application(application_id: str, caller: Caller) -> Answer[VendorApplicationRecord]:
    """Make a vendor of an application, for which the applicant sells from the next token on."""
    application = vendors.approve(application_id, by=caller.id)
    return Answer(views.application_record(application), version=application.version)


@router.post("/staff/vendor-applications/{application_id}/rejection", access=_reviewer, raises=_UNDECIDABLE)
def reject_vendor_application(
    application_id: str, body: RejectionDraft, caller: Caller
) -> Answer[VendorApplicationRecord]:
    """Turn an application down, with reasons that the applicant reads."""
    application = vendors.reject(application_id, reasons=body.reasons, by=caller.id)
    return Answer(views.application_record(application), version=application.version)
