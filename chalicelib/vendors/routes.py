"""Which operations are there for vendors?"""

from chalicelib.core.http import Request, Router, paging, public, staff
from chalicelib.core.wire import Page, PageQuery
from chalicelib.vendors import service as vendors
from chalicelib.vendors.errors import VendorExists, VendorNotFound
from chalicelib.vendors.schemas import MemberDraft, MemberView, VendorDraft, VendorRecord, VendorView

router = Router("vendors")


@router.post("/vendors", access=staff("vendors.manage"), raises=(VendorExists,))
def create_vendor(body: VendorDraft) -> VendorRecord:
    """Admit a vendor to the marketplace."""
    vendor = vendors.register(name=body.name, email=body.email, vendor_id=body.id)
    return VendorRecord(id=vendor.vendor_id, name=vendor.name, email=vendor.email)


@router.get("/vendors", access=public, is_cacheable=True)
def list_vendors(query: PageQuery, request: Request) -> Page[VendorView]:
    """List the vendors of the marketplace, by id."""
    return paging.page(vendors.all_vendors(paging.start(request), query.limit), request, _view)


@router.post(
    "/vendors/{vendor_id}/members",
    access=staff("vendors.manage"),
    raises=(VendorNotFound, vendors.UserNotFound, vendors.MemberElsewhere),
)
def add_vendor_member(vendor_id: str, body: MemberDraft) -> MemberView:
    """Let a user sell for a vendor. Tokens that the user got before do not carry the right yet."""
    user_id = vendors.add_member(vendor_id, user_id=body.user_id, email=body.email)
    return MemberView(vendor_id=vendor_id, user_id=user_id)


def _view(vendor: vendors.Vendor) -> VendorView:
    return VendorView(id=vendor.vendor_id, name=vendor.name)
