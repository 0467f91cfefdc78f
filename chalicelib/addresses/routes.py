"""Which operations are there on a user's addresses?"""

from chalicelib.addresses import service as addresses
from chalicelib.addresses import views
from chalicelib.addresses.errors import AddressBookFull, AddressNotFound, AddressPhoneInvalid, AddressRegionUnknown
from chalicelib.addresses.schemas import AddressChange, AddressDraft, AddressView, RegionView
from chalicelib.core.http import Answer, Caller, IfMatch, Request, Router, customer, public
from chalicelib.core.wire import Page

router = Router("addresses")

_UNFIT = (AddressRegionUnknown, AddressPhoneInvalid)


@router.get("/regions", access=public, is_cacheable=True)
def list_regions(request: Request) -> Page[RegionView]:
    """List the regions of Ethiopia that an address there can be in.

    They are those of 2023: twelve regions and two chartered cities.
    """
    return Page(items=views.region_views(request.locale), next_cursor=None)


@router.get("/users/me/addresses", access=customer)
def list_addresses(caller: Caller, request: Request) -> Page[AddressView]:
    """List one's own addresses, the oldest first; all of them are on the one page."""
    found = addresses.addresses_of(caller.id)
    return Page(items=[views.address_view(address, request.locale) for address in found], next_cursor=None)


@router.post("/users/me/addresses", access=customer, raises=(AddressBookFull, *_UNFIT))
def add_address(body: AddressDraft, caller: Caller, request: Request) -> Answer[AddressView]:
    """Put an address into one's book.

    While the book has no default for shipping or billing, the new address becomes it, unless that is denied.
    """
    address = addresses.add(caller.id, body)
    view = views.address_view(address, request.locale)
    return Answer(view, version=address.version, location=f"/users/me/addresses/{address.id}")


@router.get("/users/me/addresses/{address_id}", access=customer, raises=(AddressNotFound,))
def read_address(address_id: str, caller: Caller, request: Request) -> Answer[AddressView]:
    """Read one of one's own addresses."""
    address = addresses.get(caller.id, address_id)
    return Answer(views.address_view(address, request.locale), version=address.version)


@router.patch(
    "/users/me/addresses/{address_id}",
    access=customer,
    if_match=IfMatch.HONOURED,
    raises=(AddressNotFound, *_UNFIT),
)
def change_address(address_id: str, *, body: AddressChange, caller: Caller, request: Request) -> Answer[AddressView]:
    """Change an address, or what it is the default for: there is one default, so the one before stops being it."""
    address = addresses.change(caller.id, address_id, body, if_version=request.if_version)
    return Answer(views.address_view(address, request.locale), version=address.version)


@router.delete(
    "/users/me/addresses/{address_id}", access=customer, if_match=IfMatch.HONOURED, raises=(AddressNotFound,)
)
def delete_address(address_id: str, caller: Caller, request: Request) -> None:
    """Delete an address. What it was the default for has no default then: no other takes its place by itself."""
    addresses.remove(caller.id, address_id, if_version=request.if_version)
