"""Gives vendors' shares the parts of a quote that promotions and several rates of tax have added."""

from chalicelib.orders.models import SubOrder, with_share_of_today
from infra.migrations.plan import Migration

MIGRATION = Migration("m0003_sub_order_discounts", kind=SubOrder, from_version=1, upgrade=with_share_of_today)
