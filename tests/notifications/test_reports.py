"""What do reports on a text change? The status of its delivery, forwards only, and nothing that is not genuine."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from itertools import permutations
from urllib.parse import urlencode

import pytest

from chalicelib.core.storage import keys
from chalicelib.core.storage.table import find, partition
from chalicelib.notifications.models import Delivery
from chalicelib.notifications.outcomes import Refused, Taken
from chalicelib.notifications.rules import may_follow
from chalicelib.notifications.service.delivering import deliver_once
from chalicelib.notifications.sms import Text
from chalicelib.notifications.twilio import Twilio
from functions.api.notifications import app
from infra.local.twilio import Settings, TwilioSimulator
from tests.support.account import TWILIO_ACCOUNT, TWILIO_TOKEN, Account
from tests.support.calling import Client, Response
from tests.support.recorded_calls import recording
from tests.support.serving import serving
from tests.support.twilio import Phones, pointed_at
from tests.support.waiting import eventually

MESSAGE = "challenge.chl_1.1"
SID, OTHER_SID = "SM" + "0" * 32, "SM" + "1" * 32
READER = "+251911234567"
FORM = "application/x-www-form-urlencoded"


def a_sent_text(message_id: str = MESSAGE) -> None:
    deliver_once(message_id, lambda _: Taken(SID))


def fields_of(status: str, **changed: str) -> dict[str, str]:
    usual = {"MessageSid": SID, "SmsSid": SID, "MessageStatus": status, "SmsStatus": status, "To": READER}
    return {**usual, "From": "Nexus", "AccountSid": TWILIO_ACCOUNT, "ApiVersion": "2010-04-01", **changed}


def signed(fields: Mapping[str, str], message_id: str = MESSAGE, *, token: str = TWILIO_TOKEN) -> str:
    text = f"https://shop.test/v1/webhooks/twilio/{message_id}" + "".join(n + fields[n] for n in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def told(fields: Mapping[str, str], message_id: str = MESSAGE, **headers: str) -> Response:
    """Report as Twilio does; genuinely unless the headers say otherwise."""
    given = headers or {"x_twilio_signature": signed(fields, message_id)}
    return Client(app).post(f"/webhooks/twilio/{message_id}", urlencode(fields), content_type=FORM, **given)


def delivery(message_id: str = MESSAGE) -> Delivery:
    found = find(Delivery, keys.delivery(message_id))
    assert found is not None
    return found


def test_a_genuine_report_is_noted_by_one_conditional_write(aws: Account) -> None:
    a_sent_text()

    with recording(aws.dynamodb) as calls:
        answer = told(fields_of("sent"))

    assert (answer.status, answer.text) == (204, "")
    assert (delivery().status, delivery().sent_as, delivery().error_code) == ("sent", SID, None)
    assert calls.operations == ["UpdateItem"]


def test_why_it_did_not_arrive_is_noted_and_counted(aws: Account, capsys: pytest.CaptureFixture[str]) -> None:
    a_sent_text()

    told(fields_of("undelivered", ErrorCode="30003"))
    told(fields_of("undelivered", ErrorCode="30003"))

    assert (delivery().status, delivery().error_code) == ("undelivered", "30003")
    assert capsys.readouterr().out.count('"TextsUndelivered":[1') == 1


@pytest.mark.parametrize("order", list(permutations(("queued", "sent", "delivered"))), ids=" ".join)
def test_in_whatever_order_reports_come_the_end_stays(aws: Account, order: tuple[str, ...]) -> None:
    a_sent_text()

    assert [told(fields_of(status)).status for status in (*order, *order)] == [204] * 6

    assert delivery().status == "delivered"


@pytest.mark.parametrize("first", ["delivered", "undelivered", "failed"])
@pytest.mark.parametrize("then", ["queued", "sent", "delivered", "undelivered", "failed"])
def test_what_has_ended_does_not_go_on(aws: Account, first: str, then: str) -> None:
    a_sent_text()
    told(fields_of(first))

    assert told(fields_of(then)).status == 204

    assert delivery().status == first


def test_nothing_follows_itself_or_an_end() -> None:
    for status in ("refused", "queued", "sent", "delivered", "undelivered", "failed"):
        assert status not in may_follow(status)
        assert set(may_follow(status)) <= {"queued", "sent"}


def test_a_report_on_a_message_that_nobody_sent_changes_nothing(aws: Account) -> None:
    assert told(fields_of("delivered"), "challenge.chl_0.1").status == 204

    assert partition(keys.delivery("challenge.chl_0.1").pk, consistent=True) == []


def test_a_report_on_another_message_of_twilio_s_changes_nothing(aws: Account) -> None:
    a_sent_text()

    assert told(fields_of("delivered", MessageSid=OTHER_SID)).status == 204

    assert delivery().status is None


def test_a_status_that_is_none_of_a_message_sent_changes_nothing(aws: Account) -> None:
    a_sent_text()

    assert told(fields_of("receiving")).status == 204

    assert delivery().status is None


@pytest.mark.parametrize(
    "headers",
    [
        {"x_twilio_signature": signed(fields_of("delivered"), token="other")},
        {"x_twilio_signature": signed(fields_of("sent"))},
        {"x_twilio_signature": signed(fields_of("delivered"), "challenge.chl_2.1")},
        {"x_twilio_signature": signed({})},
        {"x_twilio_signature": ""},
        {"accept": "*/*"},
    ],
    ids=["another token", "other fields", "another message", "address only", "empty", "missing"],
)
def test_a_report_that_is_not_genuine_is_refused_and_counted(
    aws: Account, capsys: pytest.CaptureFixture[str], headers: dict[str, str]
) -> None:
    a_sent_text()

    answer = told(fields_of("delivered"), **headers)

    assert (answer.status, answer.code) == (401, "callback_not_genuine")
    assert delivery().status is None
    assert "ForgedWebhooks" in capsys.readouterr().out


def test_a_report_of_another_type_is_refused(aws: Account) -> None:
    answer = Client(app).post(f"/webhooks/twilio/{MESSAGE}", fields_of("sent"), content_type="application/json")

    assert (answer.status, answer.code) == (415, "unsupported_media_type")


def test_a_report_that_overtakes_our_own_note_is_proof_enough(aws: Account) -> None:
    def send(since: int | None) -> Taken:
        told(fields_of("sent"))
        raise ConnectionError

    with pytest.raises(ConnectionError):
        deliver_once(MESSAGE, send)
    deliver_once(MESSAGE, lambda _: pytest.fail("sent again"))

    assert (delivery().status, delivery().sent_as) == ("sent", SID)


def test_our_own_note_leaves_what_was_reported(aws: Account) -> None:
    def send(since: int | None) -> Taken:
        told(fields_of("delivered"))
        return Taken(SID)

    deliver_once(MESSAGE, send)

    assert (delivery().status, delivery().sent_as) == ("delivered", SID)
    assert delivery().sent_at is not None


def test_a_message_that_was_refused_stays_so(aws: Account) -> None:
    deliver_once(MESSAGE, lambda _: Refused("21610"))

    told(fields_of("delivered"))

    assert (delivery().status, delivery().error_code, delivery().sent_at) == ("refused", "21610", None)


def test_nobody_s_number_is_logged_or_kept(aws: Account, caplog: pytest.LogCaptureFixture) -> None:
    a_sent_text()
    told(fields_of("delivered"))
    told(fields_of("delivered"), x_twilio_signature="forged")

    logged = caplog.text + str([vars(record) for record in caplog.records])
    kept = json.dumps(delivery().to_dynamodb_dict())
    assert "text reported" in logged
    assert "911234567" not in logged
    assert "911234567" not in kept


@pytest.mark.parametrize(
    ("switches", "status", "error_code"),
    [
        ({}, "delivered", None),
        ({"callback_reordered": True, "callback_copies": 2}, "delivered", None),
        ({"outcome": "undelivered", "error_code": 30005}, "undelivered", "30005"),
        ({"outcome": "failed", "callback_fields": {"Brand": "ሀ new one"}}, "failed", "30008"),
    ],
    ids=["good day", "twice and out of order", "unknown handset", "a field that is new"],
)
def test_the_sender_s_own_reports_are_understood(
    aws: Account, monkeypatch: pytest.MonkeyPatch, switches: dict[str, object], status: str, error_code: str | None
) -> None:
    with (
        serving(app) as address,
        TwilioSimulator(Settings(status_seconds=0.01), account_sid=TWILIO_ACCOUNT, auth_token=TWILIO_TOKEN) as twilio,
        pointed_at(twilio.url, monkeypatch),
    ):
        monkeypatch.setenv("PUBLIC_BASE_URL", address)
        Phones(twilio).switch(**switches)

        deliver_once(MESSAGE, lambda _: Twilio().send(Text(MESSAGE, READER, "Your code is 123456.")))

        eventually(lambda: all(each["tries"] for each in callbacks(twilio)), 20, "every report is made")
        assert {each["tries"][0]["status"] for each in callbacks(twilio)} == {204}
    assert (delivery().status, delivery().error_code) == (status, error_code)


def test_forged_reports_of_anybody_are_refused_on_the_wire(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        serving(app) as address,
        TwilioSimulator(Settings(status_seconds=0.01), account_sid=TWILIO_ACCOUNT, auth_token=TWILIO_TOKEN) as twilio,
        pointed_at(twilio.url, monkeypatch),
    ):
        monkeypatch.setenv("PUBLIC_BASE_URL", address)
        Phones(twilio).switch(callback_signature="forged")

        deliver_once(MESSAGE, lambda _: Twilio().send(Text(MESSAGE, READER, "Your code is 123456.")))

        eventually(lambda: all(each["tries"] for each in callbacks(twilio)), 20, "every report is made")
        assert {each["tries"][0]["status"] for each in callbacks(twilio)} == {401}
    assert delivery().status is None


def callbacks(twilio: TwilioSimulator) -> list[dict[str, object]]:
    """What the sender reports once a message has come to its end."""
    ended = {"delivered", "undelivered", "failed"}
    found = Phones(twilio).callbacks()
    return found if any(each["kind"] in ended for each in found) else [{"tries": []}]
