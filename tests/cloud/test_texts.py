"""Does a code reach a telephone from the deployed shop, and does word of that come back?"""

import itertools

from chalicelib.core.storage import keys
from tests.support.cloud import Shop
from tests.support.twilio import Phones
from tests.support.waiting import eventually
from tests.support.wire import Api, call

PASSWORD = "three goats above Lalibela"
SOON_SECONDS = 30
_numbers = itertools.count(911_000_001)


def a_number() -> str:
    """Return a telephone number that nobody has yet."""
    return f"+251{next(_numbers)}"


def status_of(shop: Shop, message_id: str) -> str | None:
    """Return what is stored of a message, as its sender reported it."""
    key = keys.delivery(message_id)
    found = shop.cloud.client("dynamodb").get_item(
        TableName=shop.outputs["TableName"], Key={"pk": {"S": key.pk}, "sk": {"S": key.sk}}, ConsistentRead=True
    )
    status: str | None = found.get("Item", {}).get("status", {}).get("S")
    return status


def test_somebody_signs_up_by_telephone_and_twilio_s_report_is_believed(shop: Shop) -> None:
    api, number = Api(shop.api_url), a_number()

    challenge = api.must("POST", "/users", {"phone": number, "password": PASSWORD, "name": "Hana"})

    [text] = eventually(lambda: Phones(shop.twilio).texts(number), SOON_SECONDS, "a text arrives")
    confirmation = {"challenge_id": challenge["id"], "code": text["codes"][0]}
    assert api.post("/users/confirmations", confirmation).status == 204
    message_id = f"challenge.{challenge['id']}.1"
    eventually(lambda: status_of(shop, message_id) == "delivered", SOON_SECONDS, "word of its delivery comes back")


def test_a_forged_report_is_refused_at_the_gateway_s_address_too(shop: Shop) -> None:
    fields = {"MessageSid": "SM" + "0" * 32, "MessageStatus": "delivered"}
    address = f"{shop.api_url}/webhooks/twilio/challenge.chl_1.1"

    forged = call("POST", address, form=fields, headers={"X-Twilio-Signature": "forged"})
    as_json = call("POST", address, document=fields)

    assert (forged.status, forged.json["code"]) == (401, "callback_not_genuine")
    assert (as_json.status, as_json.json["code"]) == (415, "unsupported_media_type")
