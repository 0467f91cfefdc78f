"""Can a test steer the simulator and read what was sent, and does its memory outlive a restart?"""

import json
import os
import signal
import socket
import subprocess
import sys
from http.client import RemoteDisconnected
from pathlib import Path
from urllib.parse import quote

import pytest

from infra.local.twilio import Settings, TwilioSimulator
from tests.simulators.support import NUMBER, Shop, Texter, call

ACCOUNT = "ACtest" + "7" * 28
HOSTILE = "</pre><script>alert(1)</script> http://127.0.0.1:8000/?a=1&b=2"


def _calls(texter: Texter) -> list[tuple[str, str | None, int | None, str | None]]:
    calls = texter.control("GET", "/calls")["items"]
    return [(each["operation"], each["to"], each["status"], each["fault"]) for each in calls]


def test_an_answer_is_lost_after_the_message_was_taken(texter: Texter) -> None:
    texter.switch(answers={"create": {"kind": "drop", "times": 1}})

    with pytest.raises(RemoteDisconnected):
        texter.create()

    assert len(texter.api("GET", "/Messages.json?To=%2B251911234567").json["messages"]) == 1
    assert _calls(texter) == [("create", NUMBER, None, "drop"), ("list", NUMBER, 200, None)]


def test_an_answer_is_lost_before_the_message_was_taken(texter: Texter) -> None:
    texter.switch(answers={"create": {"kind": "drop", "takes_effect": False}})

    with pytest.raises(RemoteDisconnected):
        texter.create()

    assert texter.control("GET", "/messages")["items"] == []


def test_any_error_of_twilio_can_be_had(texter: Texter) -> None:
    texter.switch(answers={"create": {"kind": "refuse", "code": 20429, "times": 1}})
    refused = texter.create()
    texter.switch(answers={"create": {"kind": "refuse", "code": 60001, "status": 503, "message": "Down", "times": 1}})
    down = texter.create()

    assert (refused.status, refused.json["code"]) == (429, 20429)
    assert (down.status, down.json["code"], down.json["message"]) == (503, 60001, "Down")
    assert texter.create().status == 201


def test_an_error_page_comes_instead_of_json(texter: Texter) -> None:
    texter.control("POST", "/switches/next", {"messages": 1, "switches": {"answers": {"create": {"kind": "html"}}}})

    first, second = texter.create(), texter.create("+251911000000")

    assert (first.status, first.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert second.status == 201


def test_a_fetch_can_fail_too(texter: Texter) -> None:
    sid = texter.sent()["sid"]
    texter.switch(answers={"fetch": {"kind": "refuse", "code": 20429}})

    assert texter.fetch(sid).status == 429


def test_a_slip_is_explained(texter: Texter) -> None:
    sid = texter.sent()["sid"]

    problems = texter.control("PUT", f"/switches/{NUMBER}", {"callback_copy": 2}, expect=422)["problems"]
    assert problems == [{"at": "callback_copy", "message": "Extra inputs are not permitted"}]
    texter.control("PUT", "/settings", {"colour": "red"}, expect=422)
    texter.control("POST", f"/messages/{sid}/eaten", expect=404)
    texter.control("POST", "/messages/SM0/sent", expect=404)
    texter.control("POST", "/switches/next", {"payments": 1, "switches": {}}, expect=422)


def test_a_message_is_pushed_on_once(texter: Texter) -> None:
    texter.switch(outcome="queued")
    sid = texter.sent()["sid"]

    pushed = texter.control("POST", f"/messages/{sid}/delivered")

    assert pushed["status"] == "delivered"
    texter.control("POST", f"/messages/{sid}/delivered", expect=409)


def test_a_reset_forgets_everything(texter: Texter) -> None:
    texter.switch(outcome="failed")
    texter.sent()

    settings = texter.control("POST", "/reset")

    assert settings["status_seconds"] == 0.01
    assert texter.page("/messages.json").json == {"items": []}
    assert texter.control("GET", "/switches")["by_subject"] == {}
    assert _calls(texter) == []


def test_an_empty_inbox_says_so(texter: Texter) -> None:
    page = texter.page("/")

    assert "No text yet" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_texts_are_listed_newest_first_and_by_number(texter: Texter) -> None:
    texter.sent(body="Your code is 111111.")
    texter.sent(body="የማረጋገጫ ኮድዎ 222222 ነው።")
    texter.sent("+251911000000", body="Order 12 of 2026")

    items = texter.page(f"/messages.json?to={NUMBER}").json["items"]

    assert [item["codes"] for item in items] == [["222222"], ["111111"]]
    assert [item["encoding"] for item in items] == ["UCS-2", "GSM-7"]
    assert [item["segments"] for item in items] == [1, 1]
    assert items[0]["sender"] == "Nexus"
    assert "3 messages" in texter.page("/").text
    assert "1 message." in texter.page("/?to=%2B251911000000").text
    assert "No text to +251700000000." in texter.page("/?to=251700000000").text


def test_one_text_is_shown_with_its_status_and_segments(texter: Texter) -> None:
    texter.switch(outcome="undelivered")
    sid = texter.sent()["sid"]
    texter.told(tries=3)

    page = texter.page(f"/messages/{sid}").text

    assert "undelivered (30003)" in page
    assert "1 (GSM-7, 20 signs)" in page
    assert texter.page("/messages/SM0").status == 404


def test_everything_from_a_text_is_escaped(texter: Texter) -> None:
    sid = texter.sent(body=HOSTILE)["sid"]

    for path in ("/", f"/messages/{sid}", f"/?to={quote(HOSTILE)}"):
        assert "<script" not in texter.page(path).text
    assert '<a href="http://127.0.0.1:8000/?a=1&amp;b=2" target="_blank"' in texter.page(f"/messages/{sid}").text


@pytest.mark.parametrize("account", ["AC" + "0" * 32, "ACtest", "ACtest" + "A" * 28, "SKtest" + "0" * 28])
def test_an_account_that_could_be_real_is_refused_at_start(account: str) -> None:
    with pytest.raises(ValueError, match="test account"):
        TwilioSimulator(account_sid=account)


def test_messages_and_waiting_callbacks_outlive_a_restart(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "kept" / "twilio.json"
    with TwilioSimulator(Settings(status_seconds=60), state_file=file) as twilio:
        texter = Texter(twilio, shop)
        texter.switch(callback_delay_seconds=60)
        sid = texter.sent()["sid"]

    with TwilioSimulator(state_file=file) as twilio:
        texter = Texter(twilio, shop)
        (waiting,) = texter.control("GET", "/deliveries")["items"]
        texter.control("POST", f"/deliveries/{waiting['id']}/send")

        assert [fields["MessageSid"] for fields in texter.told(tries=1)] == [sid]
        assert texter.fetch(sid).json["status"] == "queued"
        assert texter.control("GET", "/settings")["status_seconds"] == 60


def _started(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "infra.local.twilio", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_command_says_where_it_is_and_stops_when_told() -> None:
    keys = ("--account-sid", ACCOUNT, "--auth-token", "t")
    with _started("--port", "0", *keys, "--status-seconds", "3") as process:
        assert process.stdout is not None
        address = process.stdout.readline().split("control: ")[1].strip().rstrip(")")
        settings = json.loads(call("GET", f"{address}/settings").body)
        os.kill(process.pid, signal.SIGTERM)

        assert settings["status_seconds"] == 3
        assert process.wait(timeout=10) == 0


def test_a_taken_port_or_a_real_account_gives_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for account, words in ((ACCOUNT, "Address already in use"), ("AC" + "0" * 32, "test account")):
            with _started("--port", port, "--account-sid", account, "--auth-token", "t") as process:
                _, errors = process.communicate(timeout=10)

            assert process.returncode == 1
            assert words in errors
            assert len(errors.splitlines()) == 1
