"""How does a stored vendor become what its reader sees?"""

from typing import Any

from chalicelib.core.i18n.locales import in_locale
from chalicelib.core.settings import settings
from chalicelib.vendors.models import Vendor, VendorApplication, VendorApplicationEntry
from chalicelib.vendors.rules import ApplicationStatus, Reach
from chalicelib.vendors.schemas import (
    VendorApplicationEntryView,
    VendorApplicationRecord,
    VendorApplicationView,
    VendorPageView,
    VendorRecord,
    VendorView,
)


def vendor_view(vendor: Vendor, locale: str) -> VendorView:
    """Show a vendor to everybody."""
    return VendorView(id=vendor.vendor_id, name=in_locale(vendor.names, locale))


def vendor_page_view(vendor: Vendor, locale: str) -> VendorPageView:
    """Show a vendor to everybody, with what it tells about itself."""
    shows = vendor.shows or []
    return VendorPageView(
        id=vendor.vendor_id,
        name=in_locale(vendor.names, locale),
        about=in_locale(vendor.about or {}, locale),
        since=vendor.created_at[: len("2026-11-25")],
        email=vendor.email if Reach.EMAIL in shows else None,
        phone=vendor.phone if Reach.PHONE in shows else None,
        products_url=f"{settings.public_base_url}/products?vendor={vendor.vendor_id}",
    )


def vendor_record(vendor: Vendor) -> VendorRecord:
    """Show a vendor to those who manage it."""
    return VendorRecord(
        id=vendor.vendor_id,
        name=vendor.name,
        names=dict(vendor.names),
        email=vendor.email,
        phone=vendor.phone,
        about=dict(vendor.about or {}),
        shows=vendor.shows or [],
    )


def application_view(application: VendorApplication) -> VendorApplicationView:
    """Show an application to its applicant."""
    return VendorApplicationView(**_told(application))


def application_record(application: VendorApplication) -> VendorApplicationRecord:
    """Show an application to staff."""
    return VendorApplicationRecord(
        **_told(application), applicant_id=application.applicant_id, decided_by=application.decided_by
    )


def entry_view(entry: VendorApplicationEntry) -> VendorApplicationEntryView:
    """Show an application in the list of staff."""
    return VendorApplicationEntryView(
        id=entry.application_id,
        status=ApplicationStatus(entry.status),
        name=entry.name,
        applicant_id=entry.applicant_id,
        applied_at=entry.applied_at,
    )


def _told(application: VendorApplication) -> dict[str, Any]:
    business = application.business
    return {
        "id": application.application_id,
        "status": ApplicationStatus(application.status),
        "name": business.name,
        "names": dict(business.names),
        "email": business.email,
        "phone": business.phone,
        "description": business.description,
        "tax_id": business.tax_id,
        "licence_number": business.licence_number,
        "applied_at": application.applied_at,
        "closed_at": application.closed_at,
        "reasons": application.reasons,
        "vendor_id": application.vendor_id,
    }
