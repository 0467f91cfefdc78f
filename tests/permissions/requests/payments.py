"""Valid requests about payments."""

import json
import uuid

from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person


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
