"""Valid requests about payments."""

import json
import uuid

from chalicelib.core import ids
from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person
from tests.support.shopper import Shopper


@valid
def receive_chapa_webhook(stage: Stage, caller: Person) -> Ask:
    said = {"event": "charge.success", "tx_ref": uuid.uuid4().hex, "status": "success"}
    signature = stage.market.chapa.signature_of(json.dumps(said).encode())
    return Ask(body=said, headers={"x_chapa_signature": signature})


@valid
def receive_chapa_callback(stage: Stage, caller: Person) -> Ask:
    return Ask(query={"trx_ref": uuid.uuid4().hex, "status": "success"})


@valid
def list_refunds(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_refund(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"refund_id": stage.money_left_to_people()})


@valid
def retry_refund(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"refund_id": stage.money_left_to_people()})


@valid
def close_refund(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"refund_id": stage.money_left_to_people()}, body={"note": "Paid back over the counter."})


@valid
def list_payments_to_collect(stage: Stage, caller: Person) -> Ask:
    return Ask()


@valid
def read_payment(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"payment_id": ids.sibling(stage.purchase.checkout_id, "pmt")})


@valid
def collect_payment(stage: Stage, caller: Person) -> Ask:
    shopper = Shopper.guest(stage.market).takes(stage.goods).orders_on_delivery()
    due = shopper.checkout()["totals"]["total"]
    return Ask(path={"payment_id": ids.sibling(shopper.checkout_id, "pmt")}, body={"amount": due})


@valid
def return_from_payment(stage: Stage, caller: Person) -> Ask:
    return Ask(path={"payment_id": ids.sibling(stage.purchase.checkout_id, "pmt")})
