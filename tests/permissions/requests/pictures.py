"""Valid requests about pictures."""

import json
from typing import Any

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person


@valid
def add_picture(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"product_id": stage.new_product()["id"]}, body={"content_type": "image/png"})


@valid
def list_pictures(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"product_id": stage.goods.product_id})


@valid
def arrange_pictures(stage: Stage, caller: Person) -> Ask:
    added = _a_picture(stage)
    return Ask(
        path={"product_id": added["product_id"]}, body={"order": [added["picture_id"]]}, headers={"if_match": '"2.a"'}
    )


@valid
def remove_picture(stage: Stage, caller: Person) -> Ask:
    return Ask(path=_a_picture(stage), headers={"if_match": '"2.a"'})


@valid
def receive_file_notice(stage: Stage, caller: Person) -> Ask:
    shop = stage.market.shop
    held = shop.cloud.client("secretsmanager").get_secret_value(SecretId=shop.outputs["ImagesSecret"])
    token = json.loads(held["SecretString"])["notice_token"]
    return Ask(body={"Records": []}, headers={"authorization": f"Bearer {token}"})


def _a_picture(stage: Stage) -> Any:
    """Let a picture be uploaded to a product that nobody else has to do with; return what names it."""
    product_id = stage.new_product()["id"]
    added = stage.market.staff.must("POST", f"/products/{product_id}/pictures", {"content_type": "image/jpeg"})
    return {"product_id": product_id, "picture_id": added["picture"]["id"]}
