"""Gives the totals of checkouts a discount."""

from chalicelib.checkout.models import Checkout, with_discount
from infra.migrations.plan import Migration

MIGRATION = Migration("m0005_checkout_discounts", kind=Checkout, from_version=1, upgrade=with_discount)
