"""What does the vendors domain announce?"""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.core.events.event import Event


@dataclass(frozen=True)
class VendorApplied(Event):
    """Somebody asks to sell, and staff have to decide."""

    TYPE: ClassVar[str] = "vendor.applied"

    application_id: str
    user_id: str


@dataclass(frozen=True)
class VendorApproved(Event):
    """An application became a vendor, for which the applicant sells from now on."""

    TYPE: ClassVar[str] = "vendor.approved"

    application_id: str
    user_id: str


@dataclass(frozen=True)
class VendorRejected(Event):
    """An application was turned down; the reasons are on it."""

    TYPE: ClassVar[str] = "vendor.rejected"

    application_id: str
    user_id: str
