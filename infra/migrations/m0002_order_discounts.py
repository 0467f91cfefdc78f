"""Gives orders the parts of a quote that promotions and several rates of tax have added."""

from chalicelib.orders.models import Order, with_quote_of_today
from infra.migrations.plan import Migration

MIGRATION = Migration("m0002_order_discounts", kind=Order, from_version=1, upgrade=with_quote_of_today)
