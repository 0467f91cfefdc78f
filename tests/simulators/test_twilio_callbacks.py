"""Does a status callback reach the shop, signed, late, twice, out of order or forged as the switches have it?"""

import base64
import hashlib
import hmac

import pytest

from infra.local.serving import Request
from infra.local.twilio import Settings, TwilioSimulator
from infra.local.twilio.callbacks import signature
from tests.simulators.support import NUMBER, Shop, Texter

UNREACHABLE = "http://127.0.0.1:9/webhooks/twilio/msg-1"


def _statuses(texter: Texter, *, tries: int) -> list[str]:
    return [fields["MessageStatus"] for fields in texter.told(tries=tries)]


def _is_signed(request: Request, url: str, token: str) -> bool:
    signed = url + "".join(name + value for name, value in sorted(request.form().items()))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return request.headers.get("x-twilio-signature") == base64.b64encode(digest).decode()


def test_the_signature_is_the_one_of_the_documented_example() -> None:
    assert signature("https://example.com/myapp", {"B": "2", "A": "1"}, "12345") == "c9Floaxl/RCsNTLJ9WIurNaqhlQ="


def test_every_status_is_called_back_in_order(texter: Texter) -> None:
    sid = texter.sent()["sid"]

    told = texter.told(tries=3)

    assert [fields["MessageStatus"] for fields in told] == ["queued", "sent", "delivered"]
    assert {fields["MessageSid"] for fields in told} == {fields["SmsSid"] for fields in told} == {sid}
    assert {fields["To"] for fields in told} == {NUMBER}
    assert {fields["From"] for fields in told} == {"Nexus"}
    assert {fields["ApiVersion"] for fields in told} == {"2010-04-01"}
    assert all("ErrorCode" not in fields for fields in told)
    assert len(told[-1]["RawDlrDoneDate"]) == 10


def test_a_callback_is_a_form_signed_over_address_and_fields(texter: Texter) -> None:
    texter.sent()
    texter.told(tries=3)

    for webhook in texter.shop.webhooks:
        assert webhook.media_type == "application/x-www-form-urlencoded"
        assert webhook.path == "/webhooks/twilio/msg-1"
        assert _is_signed(webhook, texter.shop.status_url, texter.twilio.auth_token)


def test_without_an_address_nobody_is_called(texter: Texter) -> None:
    sid = texter.sent(StatusCallback="")["sid"]
    texter.control("POST", f"/messages/{sid}/delivered")

    assert texter.control("GET", "/deliveries")["items"] == []


@pytest.mark.parametrize(
    ("switches", "ending", "error_code"),
    [
        ({"outcome": "undelivered"}, ["sent", "undelivered"], "30003"),
        ({"outcome": "undelivered", "error_code": 30005}, ["sent", "undelivered"], "30005"),
        ({"outcome": "failed"}, ["failed"], "30008"),
    ],
)
def test_a_message_may_end_badly(
    texter: Texter, switches: dict[str, object], ending: list[str], error_code: str
) -> None:
    texter.switch(**switches)
    sid = texter.sent()["sid"]

    told = texter.told(tries=1 + len(ending))

    assert [fields["MessageStatus"] for fields in told] == ["queued", *ending]
    assert told[-1]["ErrorCode"] == error_code
    assert texter.fetch(sid).json["error_code"] == int(error_code)


@pytest.mark.parametrize(("outcome", "tries"), [("queued", 1), ("sent", 2)])
def test_a_message_may_never_be_heard_of_again(texter: Texter, outcome: str, tries: int) -> None:
    texter.switch(outcome=outcome)
    sid = texter.sent()["sid"]

    assert _statuses(texter, tries=tries)[-1] == outcome
    assert texter.control("GET", f"/messages/{sid}")["upcoming"] == []


def test_callbacks_come_twice_or_not_at_all(texter: Texter) -> None:
    texter.switch(callback_copies=2)
    texter.switch("+251911000000", callback_copies=0)
    texter.sent("+251911000000")
    texter.sent()

    assert sorted(_statuses(texter, tries=6)) == ["delivered"] * 2 + ["queued"] * 2 + ["sent"] * 2


def test_sent_comes_after_the_end(texter: Texter) -> None:
    texter.switch(callback_reordered=True)
    texter.sent()

    assert _statuses(texter, tries=3) == ["queued", "delivered", "sent"]


def test_one_message_out_of_order_does_not_wait_for_another(texter: Texter) -> None:
    texter.switch(callback_reordered=True)
    sids = {texter.sent()["sid"] for _ in range(2)}

    told = texter.told(tries=6)

    for sid in sids:
        assert [each["MessageStatus"] for each in told if each["MessageSid"] == sid] == ["queued", "delivered", "sent"]


def test_a_callback_comes_late(texter: Texter) -> None:
    texter.switch(callback_delay_seconds=60)
    texter.sent()

    waiting = texter.control("GET", "/deliveries")["items"][0]
    assert (waiting["state"], waiting["tries"]) == ("waiting", [])
    texter.control("POST", f"/deliveries/{waiting['id']}/send")
    assert _statuses(texter, tries=1) == ["queued"]


@pytest.mark.parametrize("kind", ["forged", "missing"])
def test_a_signature_is_wrong_or_missing(texter: Texter, kind: str) -> None:
    texter.switch(callback_signature=kind)
    texter.sent()
    texter.told(tries=3)

    webhook = texter.shop.webhooks[0]
    assert not _is_signed(webhook, texter.shop.status_url, texter.twilio.auth_token)
    assert ("x-twilio-signature" in webhook.headers) == (kind == "forged")


def test_more_fields_are_signed_as_sent(texter: Texter) -> None:
    texter.switch(callback_fields={"MessageStatus": "read", "Brand": "ሀ new one"})
    texter.sent()

    told = texter.told(tries=1)[0]
    assert (told["MessageStatus"], told["Brand"]) == ("read", "ሀ new one")
    assert _is_signed(texter.shop.webhooks[0], texter.shop.status_url, texter.twilio.auth_token)


def test_a_shop_that_cannot_be_reached_is_tried_once_more(texter: Texter) -> None:
    texter.switch(outcome="queued")
    texter.sent(StatusCallback=UNREACHABLE)
    texter.control("GET", "/deliveries?tries=2")

    (delivery,) = texter.control("GET", "/deliveries")["items"]
    assert (delivery["state"], len(delivery["tries"])) == ("given_up", 2)
    assert delivery["tries"][0]["error"].startswith("ConnectionRefused")


def test_a_shop_that_says_no_is_not_asked_again_unless_settings_say_so(texter: Texter) -> None:
    texter.switch(outcome="queued")
    texter.shop.answers += [500, 500, 204]
    texter.sent()
    texter.told(tries=1)
    (refused,) = texter.control("GET", "/deliveries")["items"]

    texter.control("PUT", "/settings", {"retries_on": "any_failure"})
    texter.sent()
    texter.told(tries=3)

    again = texter.control("GET", "/deliveries")["items"][1]
    assert (refused["state"], len(refused["tries"])) == ("given_up", 1)
    assert (again["state"], [each["status"] for each in again["tries"]]) == ("delivered", [500, 204])


def test_statuses_wait_for_their_time() -> None:
    with Shop() as shop, TwilioSimulator(Settings(status_seconds=60)) as twilio:
        texter = Texter(twilio, shop)
        sid = texter.sent()["sid"]

        assert _statuses(texter, tries=1) == ["queued"]
        assert texter.fetch(sid).json["status"] == "queued"
