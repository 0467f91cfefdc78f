"""What do vendors announce?"""

from dataclasses import dataclass

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class VendorApplied(Event):
    """Somebody wishes to sell in the marketplace."""

    TYPE = "vendor.applied"

    application_id: str
    user_id: str


@dataclass(frozen=True)
class VendorApproved(Event):
    """An application was approved; the applicant may sell."""

    TYPE = "vendor.approved"

    application_id: str
    user_id: str


@dataclass(frozen=True)
class VendorRejected(Event):
    """An application was turned down; its reasons are stored with it."""

    TYPE = "vendor.rejected"

    application_id: str
    user_id: str
