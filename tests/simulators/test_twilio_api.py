"""Does the simulator take, refuse and list messages as Twilio documents it?"""

import base64
from email.utils import parsedate_to_datetime

import pytest

from infra.local.twilio import TwilioSimulator
from infra.local.twilio.segments import encoding_of, segments_of
from tests.simulators.support import NUMBER, Texter, call

LISTED = "/Messages.json"


def test_a_message_is_queued_and_described(texter: Texter) -> None:
    answer = texter.create()

    message = answer.json
    assert answer.status == 201
    assert message["sid"].startswith("SM")
    assert len(message["sid"]) == 34
    assert (message["status"], message["direction"]) == ("queued", "outbound-api")
    assert (message["to"], message["from"]) == (NUMBER, "Nexus")
    assert (message["num_segments"], message["num_media"], message["price"]) == ("1", "0", None)
    assert message["account_sid"] == texter.twilio.account_sid
    assert message["uri"].endswith(f"/Messages/{message['sid']}.json")
    assert parsedate_to_datetime(message["date_created"]).tzinfo is not None


def test_a_message_through_a_service_is_accepted_first(texter: Texter) -> None:
    service = "MG" + "0" * 32

    message = texter.sent(From="", MessagingServiceSid=service)

    assert (message["status"], message["messaging_service_sid"], message["from"]) == ("accepted", service, None)
    assert [told["MessageStatus"] for told in texter.told(tries=4)] == ["accepted", "queued", "sent", "delivered"]


def test_only_the_account_s_own_token_opens(texter: Texter) -> None:
    answers = [
        texter.api("POST", LISTED, token="wrong", form={"To": NUMBER}),
        texter.api("GET", LISTED, account="ACtest" + "1" * 28),
        call("GET", f"{texter.twilio.url}/2010-04-01/Accounts/{texter.twilio.account_sid}{LISTED}"),
    ]

    assert [(answer.status, answer.json["code"]) for answer in answers] == [(401, 20003)] * 3
    assert answers[0].json["more_info"] == "https://www.twilio.com/docs/errors/20003"
    assert answers[0].json["status"] == 401


def test_a_bearer_token_is_no_password(texter: Texter) -> None:
    known = base64.b64encode(f"{texter.twilio.account_sid}:{texter.twilio.auth_token}".encode()).decode()
    url = f"{texter.twilio.url}/2010-04-01/Accounts/{texter.twilio.account_sid}{LISTED}"

    for value in (f"Bearer {known}", "Basic", "Basic ???"):
        assert call("GET", url, headers={"Authorization": value}).status == 401


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"To": ""}, 21604),
        ({"From": ""}, 21603),
        ({"Body": ""}, 21602),
        ({"Body": "a" * 1601}, 21617),
        ({"To": "0911234567"}, 21211),
        ({"To": "+251911234567 x"}, 21211),
        ({"To": "+251111234567"}, 21614),
        ({"To": "+15005550001"}, 21211),
        ({"To": "+15005550002"}, 21612),
        ({"To": "+15005550003"}, 21408),
        ({"To": "+15005550004"}, 21610),
        ({"To": "+15005550009"}, 21614),
        ({"From": "+15005550001"}, 21212),
        ({"From": "+15005550007"}, 21606),
        ({"From": "+15005550008"}, 21611),
        ({"From": "+14155550100"}, 21606),
        ({"From": "Twelve signs"}, 21212),
        ({"From": "12345"}, 21212),
        ({"From": "", "MessagingServiceSid": "MG1"}, 21212),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code(texter: Texter, changes: dict[str, str], code: int) -> None:
    given = {"to": changes.pop("To", NUMBER), "body": changes.pop("Body", "Hello"), **changes}

    answer = texter.create(**given)

    assert (answer.status, answer.json["code"], answer.json["status"]) == (400, code, 400)
    assert answer.json["more_info"].endswith(str(code))
    assert texter.control("GET", "/messages")["items"] == []


@pytest.mark.parametrize("sender", ["+15005550006", "Nexus", "Nexus Shop 1"[:11]])
def test_these_may_send(texter: Texter, sender: str) -> None:
    assert texter.sent(From=sender)["from"] == sender


@pytest.mark.parametrize("to", ["+251911234567", "+251711234567", "+14155550100"])
def test_these_are_reached(texter: Texter, to: str) -> None:
    assert texter.sent(to)["to"] == to


@pytest.mark.parametrize(
    ("text", "encoding", "segments"),
    [
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        ("ሀ" * 70, "UCS-2", 1),
        ("ሀ" * 71, "UCS-2", 2),
        ("ሀ" * 134, "UCS-2", 2),
        ("ሀ" * 135, "UCS-2", 3),
        ("☕" * 70, "UCS-2", 1),
        ("😀" * 35, "UCS-2", 1),
        ("😀" * 36, "UCS-2", 2),
    ],
)
def test_a_text_takes_so_many_segments(text: str, encoding: str, segments: int) -> None:
    assert (encoding_of(text), segments_of(text)) == (encoding, segments)


def test_the_segments_are_told_as_text(texter: Texter) -> None:
    assert texter.sent(body="ኮድ" * 40)["num_segments"] == "2"


def test_a_message_is_fetched_as_it_is_now(texter: Texter) -> None:
    sid = texter.sent()["sid"]
    texter.told(tries=3)

    message = texter.fetch(sid).json

    assert (message["status"], message["error_code"]) == ("delivered", None)
    assert parsedate_to_datetime(message["date_sent"]) >= parsedate_to_datetime(message["date_created"])


def test_an_unknown_message_or_path_is_not_there(texter: Texter) -> None:
    nowhere = call("GET", f"{texter.twilio.url}/2010-04-01/Accounts")

    for answer in (texter.fetch("SM0"), nowhere):
        assert (answer.status, answer.json["code"]) == (404, 20404)


def test_messages_are_listed_by_reader_newest_first_in_pages(texter: Texter) -> None:
    sids = [texter.sent(body=f"Text {number}")["sid"] for number in range(3)]
    texter.sent("+251911000000")

    first = texter.api("GET", f"{LISTED}?To=%2B251911234567&PageSize=2").json
    second = call(
        "GET",
        texter.twilio.url + first["next_page_uri"],
        headers={"Authorization": _authorisation(texter.twilio)},
    ).json

    assert [each["sid"] for each in first["messages"]] == [sids[2], sids[1]]
    assert [each["sid"] for each in second["messages"]] == [sids[0]]
    assert (first["page_size"], second["next_page_uri"]) == (2, None)
    assert len(texter.api("GET", f"{LISTED}?PageSize=many").json["messages"]) == 4
    assert texter.api("GET", f"{LISTED}?From=Other").json["messages"] == []


def _authorisation(twilio: TwilioSimulator) -> str:
    return "Basic " + base64.b64encode(f"{twilio.account_sid}:{twilio.auth_token}".encode()).decode()
