"""How does a vendor come to be and change, and who sells for it?"""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.core import audit, clock, ids
from chalicelib.core.errors import demand_version
from chalicelib.core.storage import keys, transactions
from chalicelib.core.storage.table import Slice
from chalicelib.users import service as users
from chalicelib.users.service import UserNotFound
from chalicelib.vendors import rules, store
from chalicelib.vendors.errors import VendorExists, VendorNotFound
from chalicelib.vendors.models import Vendor
from chalicelib.vendors.rules import Reach


def register(
    *,
    name: str,
    email: str,
    names: Mapping[str, str] | None = None,
    vendor_id: str | None = None,
    phone: str | None = None,
    about: Mapping[str, str] | None = None,
) -> Vendor:
    """Make a vendor. Raises ``VendorExists`` when the wanted id is in use."""
    vendor_id = vendor_id or ids.new("ven")
    vendor = Vendor.at(
        keys.vendor(vendor_id),
        vendor_id=vendor_id,
        name=name,
        names=rules.names_of(name, names),
        email=email,
        phone=phone,
        about=dict(about) if about else None,
        created_at=clock.as_text(clock.now()),
    )
    with transactions.write() as work:
        work.create(vendor, refusal=VendorExists(vendor_id=vendor_id))
    audit.changed({}, _told(vendor))
    return vendor


def change(
    vendor_id: str,
    *,
    name: str | None = None,
    names: Mapping[str, str] | None = None,
    email: str | None = None,
    phone: str | None = None,
    about: Mapping[str, str] | None = None,
    shows: Sequence[Reach] | None = None,
    if_version: int | None = None,
) -> Vendor:
    """Change what is given. Raises ``VendorNotFound``, or ``PreconditionFailed`` for another version.

    Products keep the name that they were last saved with.
    """
    vendor = require(vendor_id)
    demand_version(if_version, vendor.version)
    before = _told(vendor)
    was, vendor.name, vendor.email = vendor.name, name or vendor.name, email or vendor.email
    vendor.phone, vendor.about = phone or vendor.phone, vendor.about if about is None else about or None
    vendor.shows = vendor.shows if shows is None else list(shows) or None
    vendor.names = rules.names_of(vendor.name, rules.other_names(vendor.names, was)) | dict(names or {})
    with transactions.write() as work:
        work.save(vendor)
    audit.changed(before, _told(vendor))
    return vendor


def _told(vendor: Vendor) -> dict[str, Any]:
    """Return what the audit trail is told of a vendor."""
    return {"name": vendor.name, "names": dict(vendor.names), "email": vendor.email}


def find(vendor_id: str) -> Vendor | None:
    """Return a vendor if there is one."""
    return store.find_vendor(vendor_id)


def require(vendor_id: str) -> Vendor:
    """Return a vendor. Raises ``VendorNotFound``."""
    vendor = find(vendor_id)
    if vendor is None:
        raise VendorNotFound(vendor_id=vendor_id)
    return vendor


def all_vendors(after: str | None, limit: int) -> Slice[Vendor]:
    """Return a page of vendors, by id."""
    return store.all_vendors(after, limit)


def add_member(vendor_id: str, *, user_id: str | None = None, email: str | None = None) -> str:
    """Let a user, named by id or address, sell for a vendor; return the user's id.

    Raises ``VendorNotFound``, ``UserNotFound`` or ``MemberElsewhere``.
    """
    require(vendor_id)
    member_id = user_id if email is None else users.find_user_id(users.contact_of(email, None))
    if member_id is None:
        raise UserNotFound()
    users.make_vendor(member_id, vendor_id)
    audit.changed({}, {"member": member_id})
    return member_id
