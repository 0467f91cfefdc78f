"""Under which terms does the shop of these tests sell? It delivers everywhere, and taxes what stays at home."""

import json

from chalicelib.pricing import service as pricing
from chalicelib.pricing.schemas import TaxRatesDraft
from chalicelib.shipping import service as shipping
from chalicelib.shipping.schemas import PlanDraft
from tests.shipping.builders import a_method_draft, a_zone_draft, money


def terms_are_made() -> None:
    """How the shop delivers, and what is taxed how."""
    bands = [{"up_to_grams": grams, "charge": money(grams // 10)} for grams in (1_000, 5_000)]
    by_bus = a_method_draft("bus", kind="by_weight", bands=bands)
    plan = {"zones": [a_zone_draft("everywhere", {}, methods=[a_method_draft(), by_bus])]}
    shipping.change_plan(PlanDraft.model_validate_json(json.dumps(plan)), if_version=None)
    at_home = {"items": [{"tax_class": "standard", "percent": "15", "country": "ET"}]}
    pricing.change_tax_rates(TaxRatesDraft.model_validate_json(json.dumps(at_home)), if_version=None)
