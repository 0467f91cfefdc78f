"""Valid requests about promotions and their codes."""

import secrets

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person

PERCENTAGE = {"name": {"en": "Ten percent", "am": "አሥር በመቶ"}, "discount": {"kind": "percentage", "percent": "10"}}


def a_promotion(stage: Stage) -> str:
    """Define a promotion that nobody else has to do with; return its id."""
    made = stage.market.staff.must("POST", "/promotions", {**PERCENTAGE, "is_automatic": False})
    return str(made["id"])


def a_code() -> str:
    """Return a code that nobody has."""
    return secrets.token_hex(8)


@valid
def create_promotion(stage: Stage, caller: Person) -> Ask:
    return Ask(body={**PERCENTAGE, "is_automatic": False})


@valid
def list_promotions(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_promotion(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"promotion_id": a_promotion(stage)})


@valid
def change_promotion(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"promotion_id": a_promotion(stage)}, body=PERCENTAGE, headers={"if_match": '"1.a"'})


@valid
def end_promotion(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"promotion_id": a_promotion(stage)}, headers={"if_match": '"1.a"'})


@valid
def create_coupon(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"promotion_id": a_promotion(stage)}, body={"code": a_code()})


@valid
def list_coupons(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"promotion_id": a_promotion(stage)})


@valid
def create_coupon_batch(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"promotion_id": a_promotion(stage)}, body={"quantity": 3})


@valid
def list_coupon_batches(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"promotion_id": a_promotion(stage)})


@valid
def list_coupons_of_batch(stage: Stage, caller: Person) -> Ask:
    promotion_id = a_promotion(stage)
    batch = stage.market.staff.must("POST", f"/promotions/{promotion_id}/coupon-batches", {"quantity": 1})
    return Ask(path={"promotion_id": promotion_id, "batch_id": batch["id"]})


@valid
def preview_promotions(stage: Stage, caller: Person) -> Ask:
    return Ask(body={"lines": [{"sku": stage.goods.sku, "quantity": 2}], "destination": {"country": "ET"}})
