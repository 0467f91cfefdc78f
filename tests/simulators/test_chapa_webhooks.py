"""Does a webhook reach the shop, signed and repeated as Chapa documents it?"""

import base64
import hashlib
import hmac
import json

import pytest

from infra.local.chapa import Settings
from infra.local.serving import Request
from tests.simulators.support import Merchant


def _signed(secret: str, message: bytes) -> str:
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def _one_webhook(merchant: Merchant, **switches: object) -> Request:
    if switches:
        merchant.switch(**switches)
    merchant.initialize(first_name="ሐና", meta={"order_id": "ord_1"})
    merchant.push("pay")
    merchant.deliveries(tries=1)
    return merchant.shop.webhooks[0]


def test_a_payment_is_announced_in_one_flat_object(merchant: Merchant) -> None:
    webhook = _one_webhook(merchant)

    document = json.loads(webhook.body)
    details = merchant.verify().json["data"]
    assert (document["event"], document["status"]) == ("charge.success", "success")
    assert (document["amount"], document["charge"]) == ("350.00", "12.25")
    assert (document["type"], document["mode"], document["currency"]) == ("API", "test", "ETB")
    assert (document["payment_method"], document["mobile"]) == ("telebirr", "0900123456")
    assert (document["tx_ref"], document["reference"]) == ("nx-1", details["reference"])
    assert (document["first_name"], document["meta"]) == ("ሐና", {"order_id": "ord_1"})
    assert set(document) - {"event", "mobile", "payment_method"} == set(details) - {"method"}


def test_both_signatures_are_sent_and_one_binds_the_body(merchant: Merchant) -> None:
    webhook = _one_webhook(merchant)

    secret = merchant.chapa.secrets.hash
    assert webhook.headers["content-type"] == "application/json"
    assert webhook.headers["x-chapa-signature"] == _signed(secret, webhook.body)
    assert webhook.headers["chapa-signature"] == _signed(secret, secret.encode())


def test_a_failed_try_and_a_reversal_have_their_own_events(merchant: Merchant) -> None:
    merchant.initialize()
    merchant.push("decline")
    merchant.deliveries(tries=1)
    merchant.push("pay")
    merchant.deliveries(tries=2)
    merchant.push("reverse")
    merchant.deliveries(tries=3)

    told = [(json.loads(w.body)["event"], json.loads(w.body)["status"]) for w in merchant.shop.webhooks]
    assert told == [
        ("charge.failed/cancelled", "failed/cancelled"),
        ("charge.success", "success"),
        ("charge.reversed", "reversed"),
    ]


@pytest.mark.parametrize("refusal", [201, 204, 302, 401, 500])
def test_anything_but_200_is_tried_again(merchant: Merchant, refusal: int) -> None:
    merchant.shop.answers = [refusal, refusal]
    merchant.initialize()
    merchant.push("pay")

    (delivery,) = merchant.deliveries(tries=3)

    assert [attempt["status"] for attempt in delivery["tries"]] == [refusal, refusal, 200]
    assert delivery["state"] == "delivered"
    assert len({webhook.body for webhook in merchant.shop.webhooks}) == 1


def test_a_webhook_is_given_up_after_ten_tries(merchant: Merchant) -> None:
    merchant.shop.answers = [500] * 20
    merchant.initialize()
    merchant.push("pay")

    (delivery,) = merchant.deliveries(tries=10)

    assert (delivery["state"], delivery["next_try_at"], len(delivery["tries"])) == ("given_up", None, 10)


def test_a_webhook_is_given_up_when_its_time_is_over(merchant: Merchant) -> None:
    merchant.control("PUT", "/settings", {"seconds_between_tries": 600, "give_up_after_seconds": 500})
    merchant.shop.answers = [500]
    merchant.initialize()
    merchant.push("pay")

    assert merchant.deliveries(tries=1)[0]["state"] == "given_up"


def test_the_documented_schedule_is_the_default() -> None:
    settings = Settings()

    assert (settings.seconds_between_tries, settings.delivery_tries) == (600, 10)
    assert settings.give_up_after_seconds == 72 * 60 * 60
    assert settings.link_window_seconds == 60 * 60


def test_a_webhook_without_an_address_waits_for_one(merchant: Merchant) -> None:
    merchant.control("PUT", "/settings", {"webhook_url": "", "seconds_between_tries": 600})
    merchant.initialize()
    merchant.push("pay")
    (delivery,) = merchant.deliveries(tries=1)
    assert delivery["state"] == "waiting"
    assert delivery["tries"][0]["error"].startswith("ValueError: no address to call")

    merchant.control("PUT", "/settings", {"webhook_url": merchant.shop.webhook_url})
    merchant.control("POST", f"/deliveries/{delivery['id']}/send")

    assert merchant.deliveries(tries=2)[0]["state"] == "delivered"
    assert merchant.shop.events == ["charge.success"]


def test_a_delivery_can_be_sent_again(merchant: Merchant) -> None:
    first = _one_webhook(merchant)
    (delivery,) = merchant.deliveries(tries=1)

    merchant.control("POST", f"/deliveries/{delivery['id']}/send")

    merchant.deliveries(tries=2)
    assert [webhook.body for webhook in merchant.shop.webhooks] == [first.body, first.body]


def test_a_late_webhook_waits_its_time(merchant: Merchant) -> None:
    merchant.switch(webhook_delay_seconds=3600)
    merchant.initialize()
    merchant.push("pay")

    (delivery,) = merchant.control("GET", "/deliveries?kind=webhook")["items"]
    assert (delivery["state"], delivery["tries"]) == ("waiting", [])
    assert delivery["next_try_at"] > delivery["created_at"]
    assert merchant.verify().json["data"]["status"] == "success"


def test_a_short_delay_passes(merchant: Merchant) -> None:
    assert _one_webhook(merchant, webhook_delay_seconds=0.05)


def test_duplicates_are_the_same_to_the_byte(merchant: Merchant) -> None:
    merchant.switch(webhook_copies=3)
    merchant.initialize()
    merchant.push("pay")

    merchant.deliveries(tries=3)
    assert len(merchant.shop.webhooks) == 3
    assert len({webhook.body for webhook in merchant.shop.webhooks}) == 1


def test_no_webhook_and_no_callback_at_all(merchant: Merchant) -> None:
    merchant.switch(webhook_copies=0, no_callback=True)
    merchant.initialize(callback_url=merchant.shop.callback_url)

    merchant.push("pay")

    assert merchant.control("GET", "/deliveries")["items"] == []
    assert merchant.verify().json["data"]["status"] == "success"


def test_a_reordered_failure_arrives_after_the_success(merchant: Merchant) -> None:
    merchant.switch(webhook_reordered=True)
    merchant.initialize()
    merchant.push("decline")
    merchant.push("pay")

    merchant.deliveries(tries=2)
    assert merchant.shop.events == ["charge.success", "charge.failed/cancelled"]


def test_a_forged_webhook_bears_wrong_signatures(merchant: Merchant) -> None:
    webhook = _one_webhook(merchant, webhook_signature="forged")

    secret = merchant.chapa.secrets.hash
    assert webhook.headers["x-chapa-signature"] != _signed(secret, webhook.body)
    assert webhook.headers["chapa-signature"] != _signed(secret, secret.encode())


@pytest.mark.parametrize(
    ("signature", "sent"),
    [
        ("constant_only", {"chapa-signature"}),
        ("body_only", {"x-chapa-signature"}),
        ("missing", set()),
    ],
)
def test_signatures_can_be_left_out(merchant: Merchant, signature: str, sent: set[str]) -> None:
    webhook = _one_webhook(merchant, webhook_signature=signature)

    assert {name for name in webhook.headers if name.endswith("chapa-signature")} == sent


def _credentials(merchant: Merchant) -> str:
    known = merchant.chapa.secrets
    return f"Basic {base64.b64encode(f'{known.user}:{known.password}'.encode()).decode()}"


def _proofs(webhook: Request) -> dict[str, str]:
    names = ("authorization", "chapa-signature", "x-chapa-signature")
    return {name: webhook.headers[name] for name in names if name in webhook.headers}


def test_a_custom_webhook_is_signed_over_its_payload(merchant: Merchant) -> None:
    webhook = _one_webhook(merchant, webhook_scheme="payload")

    assert _proofs(webhook) == {"chapa-signature": _signed(merchant.chapa.secrets.hash, webhook.body)}


def test_a_custom_webhook_is_proved_by_http_basic(merchant: Merchant) -> None:
    webhook = _one_webhook(merchant, webhook_scheme="basic")

    assert _proofs(webhook) == {"authorization": _credentials(merchant)}


def test_a_forged_custom_webhook_bears_a_wrong_proof(merchant: Merchant) -> None:
    signed = _one_webhook(merchant, webhook_scheme="payload", webhook_signature="forged")
    merchant.switch(webhook_scheme="basic", webhook_signature="forged")
    merchant.push("reverse")
    merchant.deliveries(tries=2)

    assert _proofs(signed).keys() == {"chapa-signature"}
    assert _proofs(signed)["chapa-signature"] != _signed(merchant.chapa.secrets.hash, signed.body)
    (named,) = _proofs(merchant.shop.webhooks[1]).items()
    assert named[0] == "authorization"
    assert named[1].startswith("Basic ")
    assert named[1] != _credentials(merchant)


@pytest.mark.parametrize("scheme", ["payload", "basic"])
def test_a_custom_webhook_can_come_without_proof(merchant: Merchant, scheme: str) -> None:
    assert _proofs(_one_webhook(merchant, webhook_scheme=scheme, webhook_signature="missing")) == {}


def test_a_wrong_amount_and_currency_are_signed_as_sent(merchant: Merchant) -> None:
    webhook = _one_webhook(merchant, webhook_fields={"amount": "1.00", "currency": "USD"})

    document = json.loads(webhook.body)
    assert (document["amount"], document["currency"]) == ("1.00", "USD")
    secret = merchant.chapa.secrets.hash
    assert webhook.headers["x-chapa-signature"] == _signed(secret, webhook.body)
    details = merchant.verify().json["data"]
    assert (details["amount"], details["currency"]) == (350, "ETB")


def test_a_spaced_body_is_signed_in_its_compact_form(merchant: Merchant) -> None:
    webhook = _one_webhook(merchant, webhook_spaced=True)

    compact = json.dumps(json.loads(webhook.body), ensure_ascii=False, separators=(",", ":")).encode()
    secret = merchant.chapa.secrets.hash
    assert webhook.headers["x-chapa-signature"] == _signed(secret, compact)
    assert webhook.headers["x-chapa-signature"] != _signed(secret, webhook.body)
