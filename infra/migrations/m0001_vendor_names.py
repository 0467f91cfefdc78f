"""Gives every vendor its names by language, so that readers see it in theirs."""

from chalicelib.vendors.models import Vendor, with_names
from infra.migrations.plan import Migration

MIGRATION = Migration("m0001_vendor_names", kind=Vendor, from_version=1, upgrade=with_names)
