"""Valid requests about notifications."""

import secrets

from infra.local.twilio.callbacks import signature
from tests.permissions.asking import Ask, valid
from tests.permissions.stage import Stage
from tests.support.people import Person


@valid
def receive_text_report(stage: Stage, caller: Person) -> Ask:
    shop, message_id = stage.market.shop, f"challenge.chl_{secrets.token_hex(8)}.1"
    fields = {"MessageSid": f"SM{secrets.token_hex(16)}", "MessageStatus": "sent"}
    signed = signature(f"{shop.api_url}/webhooks/twilio/{message_id}", fields, shop.twilio.auth_token)
    return Ask(path={"message_id": message_id}, form=fields, headers={"x_twilio_signature": signed})
