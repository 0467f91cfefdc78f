"""How do the demo shop's promotions come into a shop? Each once, told by its name, with its codes."""

from infra.local.demo_shop import requests_for
from infra.local.demo_shop.shop import Promotion
from infra.local.demo_shop.wire import Api


def define_promotions(api: Api, wanted: tuple[Promotion, ...]) -> None:
    """Define what is missing; a run that was interrupted goes on where it stopped."""
    there = _ids_by_name(api)
    for promotion in wanted:
        promotion_id = there.get(promotion.name.en) or _defined(api, promotion)
        for code in promotion.codes:
            api.send(requests_for.coupon(promotion_id, code), refusals=requests_for.COUPON_IS_TAKEN)


def _defined(api: Api, promotion: Promotion) -> str:
    return requests_for.id_in(api.send(requests_for.promotion(promotion)).body, field="id")


def _ids_by_name(api: Api) -> dict[str, str]:
    found: dict[str, str] = {}
    cursor: str | None = None
    while True:
        body = api.send(requests_for.page_of_promotions(cursor)).body
        items, next_cursor = body.get("items"), body.get("next_cursor")
        for each in items if isinstance(items, list) else []:
            if each["status"] == "active":
                found.setdefault(each["name"].get("en", ""), each["id"])
        if not isinstance(next_cursor, str):
            return found
        cursor = next_cursor
