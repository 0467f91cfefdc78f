"""How can applications of vendors be broken?"""

from chalicelib.core.storage import keys
from chalicelib.vendors.models import OpenVendorApplication, Vendor, VendorApplication, VendorApplicationEntry
from tests.books.breaking import Breakages
from tests.books.copy_of_table import TableCopy

breakages = Breakages()


@breakages.of("applications_are_listed_as_they_are")
def an_application_has_no_entry(table: TableCopy) -> None:
    table.drop(table.one(VendorApplicationEntry, status="rejected"))


@breakages.of("applications_are_listed_as_they_are")
def a_closed_application_is_listed_as_open(table: TableCopy) -> None:
    entry = table.one(VendorApplicationEntry, status="rejected")
    table.change(entry, status="open", gsi1pk=keys.vendor_applications("open"))


@breakages.of("applications_are_listed_as_they_are")
def an_application_that_is_gone_is_listed(table: TableCopy) -> None:
    table.drop(table.one(VendorApplication, status="withdrawn"))


@breakages.of("open_applications_are_guarded")
def an_open_application_has_no_guard(table: TableCopy) -> None:
    table.drop(table.one(OpenVendorApplication))


@breakages.of("open_applications_are_guarded")
def a_closed_application_keeps_its_guard(table: TableCopy) -> None:
    closed = table.one(VendorApplication, status="rejected")
    key = keys.open_vendor_application(closed.applicant_id)
    table.add(OpenVendorApplication.at(key, application_id=closed.application_id))


@breakages.of("approved_applications_became_vendors")
def the_vendor_of_an_approved_application_is_gone(table: TableCopy) -> None:
    vendor_id = table.one(VendorApplication, status="approved").vendor_id
    table.drop(table.one(Vendor, vendor_id=vendor_id))


@breakages.of("approved_applications_became_vendors")
def an_approved_application_names_no_vendor(table: TableCopy) -> None:
    table.change(table.one(VendorApplication, status="approved"), vendor_id=None)


@breakages.of("approved_applications_became_vendors")
def a_rejected_application_names_a_vendor(table: TableCopy) -> None:
    table.change(table.one(VendorApplication, status="rejected"), vendor_id=table.one(Vendor).vendor_id)
