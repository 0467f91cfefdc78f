"""Does a delivery plan reach the deployed shop, and what it offers?"""

from tests.shipping.builders import a_method_draft, a_zone_draft, money
from tests.support.market import Market


def test_staff_plan_deliveries_and_everybody_is_told_what_they_cost(market: Market) -> None:
    read = market.staff.get("/shipping-plan")
    bands = [{"up_to_grams": 1_000, "charge": money(2_400)}, {"up_to_grams": 5_000, "charge": money(7_800)}]
    ems = a_method_draft("ems", kind="by_weight", bands=bands, promise={"days_from": 4, "days_to": 9})
    abroad = a_zone_draft("djibouti", {"country": "DJ"}, methods=[ems])
    others = [zone for zone in read.json["zones"] if zone["id"] != "djibouti"]

    put = market.staff.call("PUT", "/shipping-plan", {"zones": [*others, abroad]}, if_match=read.headers["etag"])

    assert put.status == 200, put.json
    (option,) = market.api.get("/delivery-options?country=DJ&weight_grams=4000").json["items"]
    assert (option["name"], option["charge"]) == ("Ems", money(7_800))
    assert option["earliest_on"] < option["latest_on"]
    too_heavy = market.api.get("/delivery-options?country=DJ&weight_grams=9000").json
    assert (too_heavy["items"], too_heavy["no_delivery_reason"]) == ([], "parcel_not_taken")
