"""What can be done with vendors? They apply or are registered, have members, and tell about themselves."""

from chalicelib.users.service import MemberElsewhere, UserNotFound
from chalicelib.vendors.models import Vendor, VendorApplication
from chalicelib.vendors.service.applying import applications_of, apply, get_application, withdraw
from chalicelib.vendors.service.registering import add_member, all_vendors, change, find, register, require
from chalicelib.vendors.service.reviewing import application_for_staff, applications_in, approve, reject

__all__ = [
    "MemberElsewhere",
    "UserNotFound",
    "Vendor",
    "VendorApplication",
    "add_member",
    "all_vendors",
    "application_for_staff",
    "applications_in",
    "applications_of",
    "apply",
    "approve",
    "change",
    "find",
    "get_application",
    "register",
    "reject",
    "require",
    "withdraw",
]
