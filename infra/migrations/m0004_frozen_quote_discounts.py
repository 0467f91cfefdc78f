"""Gives frozen quotes the parts that promotions and several rates of tax have added."""

from chalicelib.checkout.models import FrozenQuote, with_quote_of_today
from infra.migrations.plan import Migration

MIGRATION = Migration("m0004_frozen_quote_discounts", kind=FrozenQuote, from_version=1, upgrade=with_quote_of_today)
