"""What is stored of vendors?"""

import json
from collections.abc import Mapping

from chalicelib.core.storage.attributes import UnicodeAttribute, ValueAttribute
from chalicelib.core.storage.shapes import Row
from chalicelib.core.storage.table import Item, VersionedItem
from chalicelib.vendors.rules import ApplicationStatus, Business, Reach, names_of


def with_names(row: Row) -> Row:
    """Give a vendor its names by language; there was one name, in whatever language."""
    names = json.dumps(names_of(row["name"]["S"]), ensure_ascii=False, separators=(",", ":"))
    return {**row, "names": {"S": names}}


class Vendor(VersionedItem, discriminator="vendor"):
    """One seller of the marketplace. ``name`` is what it goes by, ``names`` what readers of each language see.

    ``shows`` are the ways to reach it that its page tells everybody.
    """

    vendor_id = UnicodeAttribute()
    name = UnicodeAttribute()
    names = ValueAttribute[Mapping[str, str]](Mapping[str, str])
    email = UnicodeAttribute()
    phone = UnicodeAttribute(null=True)
    about = ValueAttribute[Mapping[str, str] | None](Mapping[str, str], null=True)
    shows = ValueAttribute[list[Reach]](list[Reach], default=list, null=True)
    created_at = UnicodeAttribute()
    upgrades = (with_names,)


class VendorApplication(VersionedItem, discriminator="vendor_application"):
    """Somebody asks to sell, under the applicant.

    Announces ``vendor.applied``, ``vendor.approved`` and ``vendor.rejected``.
    """

    application_id = UnicodeAttribute()
    applicant_id = UnicodeAttribute()
    status = UnicodeAttribute(default=ApplicationStatus.OPEN)
    business = ValueAttribute[Business](Business)
    applied_at = UnicodeAttribute()
    reasons = ValueAttribute[list[str]](list[str], default=list)
    closed_at = UnicodeAttribute(null=True)
    decided_by = UnicodeAttribute(null=True)
    vendor_id = UnicodeAttribute(null=True)


class VendorApplicationEntry(Item, discriminator="vendor_application_entry"):
    """Finds an application by its id, and among those in its state. Indexes may copy it: it announces nothing."""

    application_id = UnicodeAttribute()
    applicant_id = UnicodeAttribute()
    status = UnicodeAttribute()
    name = UnicodeAttribute()
    applied_at = UnicodeAttribute()


class OpenVendorApplication(Item, discriminator="open_vendor_application"):
    """Guards that an applicant has one open application at a time."""

    application_id = UnicodeAttribute()
