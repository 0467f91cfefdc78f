"""Which operations are there for vendors?"""

from chalicelib.core.http import Answer, IfMatch, Request, Router, paging, public, staff
from chalicelib.core.wire import Page, PageQuery
from chalicelib.vendors import service as vendors
from chalicelib.vendors import views
from chalicelib.vendors.errors import VendorExists, VendorNotFound
from chalicelib.vendors.schemas import MemberDraft, MemberView, VendorChange, VendorDraft, VendorRecord, VendorView

router = Router("vendors")


@router.post("/vendors", access=staff("vendors.manage"), raises=(VendorExists,))
def create_vendor(body: VendorDraft) -> Answer[VendorRecord]:
    """Admit a vendor to the marketplace."""
    vendor = vendors.register(name=body.name, names=body.names, email=body.email, vendor_id=body.id)
    return Answer(views.vendor_record(vendor), version=vendor.version)


@router.get("/staff/vendors/{vendor_id}", access=staff("vendors.manage"), raises=(VendorNotFound,))
def read_vendor_as_staff(vendor_id: str) -> Answer[VendorRecord]:
    """Read a vendor as those who manage it do."""
    vendor = vendors.require(vendor_id)
    return Answer(views.vendor_record(vendor), version=vendor.version)


@router.patch(
    "/vendors/{vendor_id}", access=staff("vendors.manage"), if_match=IfMatch.REQUIRED, raises=(VendorNotFound,)
)
def change_vendor(vendor_id: str, body: VendorChange, request: Request) -> Answer[VendorRecord]:
    """Change a vendor's name, its names in other languages, or its address."""
    change = body.model_dump(exclude_unset=True)
    vendor = vendors.change(vendor_id, **change, if_version=request.if_version)
    return Answer(views.vendor_record(vendor), version=vendor.version)


@router.get("/vendors", access=public, is_cacheable=True)
def list_vendors(query: PageQuery, request: Request) -> Page[VendorView]:
    """List the vendors of the marketplace, by id, named in the reader's language."""
    found = vendors.all_vendors(paging.start(request), query.limit)
    return paging.page(found, request, lambda vendor: views.vendor_view(vendor, request.locale))


@router.post(
    "/vendors/{vendor_id}/members",
    access=staff("vendors.manage"),
    raises=(VendorNotFound, vendors.UserNotFound, vendors.MemberElsewhere),
)
def add_vendor_member(vendor_id: str, body: MemberDraft) -> MemberView:
    """Let a user sell for a vendor. Tokens that the user got before do not carry the right yet."""
    user_id = vendors.add_member(vendor_id, user_id=body.user_id, email=body.email)
    return MemberView(vendor_id=vendor_id, user_id=user_id)
