"""Is whoever left a cart mailed what lies in it, once, with links that lead back and out?"""

import json
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from chalicelib.carts import service as carts
from chalicelib.core.aws import client
from chalicelib.core.events.event import envelope
from chalicelib.core.settings import settings
from chalicelib.core.storage import reminder_keys
from chalicelib.core.storage.table import partition
from chalicelib.pricing import service as pricing
from functions.queues.cart_mails import handler
from infra.local.mailbox.letters import Letter, letters_at
from tests.carts.builders import COFFEE, a_variant, an_app, birr, quantities
from tests.carts.leaving import HANA, a_left_cart, is_converted, looked, opts_out
from tests.support.account import Account
from tests.support.calling import Client
from tests.support.faults import failing


@pytest.fixture(autouse=True)
def selling(aws: Account) -> Account:
    """Every test begins with a shop that sells coffee."""
    a_variant()
    return aws


def delivered(cart_id: str) -> list[str]:
    """Let the queue deliver what was announced of a cart; return the messages that come again."""
    found = partition(reminder_keys.reminder_parts(cart_id), prefix="SENT#", consistent=True)
    events = [each.event for each in found if getattr(each, "event", None)]
    batch = [{"messageId": each["id"], "body": json.dumps(envelope(each))} for each in events]
    answer: dict[str, Any] = handler({"Records": batch}, None)
    assert batch
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def mail_in(aws: Account) -> list[Letter]:
    return letters_at(str(aws.cloud.endpoint_url), account=aws.cloud.account)


def token_behind(letter: Letter, page: str) -> str:
    (link,) = [each for each in letter.links if page in each]
    return link.partition("#")[2]


def test_the_mail_tells_what_lies_in_the_cart_at_todays_prices_and_leads_back_to_it(aws: Account) -> None:
    _, cart_id = a_left_cart()
    a_variant(price=birr(300))
    looked(hours=1.1)

    assert delivered(cart_id) == []

    (letter,) = mail_in(aws)
    assert (letter.to, letter.subject) == ((HANA,), "Your cart is waiting for you")
    for part in (letter.text, letter.html):
        assert "Yirgacheffe coffee" in part
        assert "ETB 600.00" in part
    restored = Client(an_app()).post("/cart_recoveries", {"token": token_behind(letter, "/carts/recover")})
    assert quantities(restored.json) == {COFFEE: 2}


def test_the_mail_tells_prices_in_the_carts_own_currency(aws: Account) -> None:
    pricing.change_rates({"USD": "0.01"}, if_version=None)
    _, cart_id = a_left_cart(currency="USD")
    looked(hours=1.1)

    delivered(cart_id)

    (letter,) = mail_in(aws)
    assert "7.00" in letter.text
    assert "ETB" not in letter.text


def test_the_mail_is_in_the_language_in_which_the_address_was_given(aws: Account) -> None:
    guest, cart_id = a_left_cart()
    guest.patch(f"/carts/{cart_id}", {"email": HANA}, **{"accept-language": "am"})
    looked(hours=1.1)

    delivered(cart_id)

    (letter,) = mail_in(aws)
    assert letter.subject == "ቅርጫትዎ እየጠበቀዎት ነው"
    assert "የይርጋጨፌ ቡና" in letter.text
    assert "700.00 ብር" in letter.html


def test_a_reminder_that_comes_twice_is_mailed_once_and_the_next_one_again(aws: Account) -> None:
    _, cart_id = a_left_cart()
    looked(hours=1.1)
    delivered(cart_id)
    delivered(cart_id)
    assert len(mail_in(aws)) == 1

    looked(hours=24.2)
    delivered(cart_id)

    assert len(mail_in(aws)) == 2


def test_the_link_of_the_mail_ends_reminders(aws: Account) -> None:
    _, cart_id = a_left_cart()
    looked(hours=1.1)
    delivered(cart_id)
    (letter,) = mail_in(aws)

    Client(an_app()).post(f"/cart_reminder_opt_outs/{token_behind(letter, '/carts/reminders/stop')}")

    assert carts.left_cart(cart_id, cart_id) is None


@pytest.mark.parametrize("what", ["bought", "opted out", "nothing is sold"])
def test_what_is_out_of_place_by_now_is_not_mailed(aws: Account, what: str) -> None:
    _, cart_id = a_left_cart()
    looked(hours=1.1)
    if what == "bought":
        is_converted(cart_id, cart_id)
    elif what == "opted out":
        opts_out(HANA)
    else:
        a_variant(is_for_sale=False)

    assert delivered(cart_id) == []

    assert mail_in(aws) == []


def test_titles_cannot_write_html_or_break_lines(aws: Account) -> None:
    variant = a_variant()
    variant.title = {"en": "<b>Coffee</b>\nBcc: everybody@example.com"}
    variant.save()
    _, cart_id = a_left_cart()
    looked(hours=1.1)

    delivered(cart_id)

    (letter,) = mail_in(aws)
    assert "&lt;b&gt;Coffee&lt;/b&gt; Bcc" in letter.html
    assert "\nBcc" not in letter.text


def test_mail_programs_can_end_reminders_with_one_click(aws: Account) -> None:
    _, cart_id = a_left_cart()
    looked(hours=1.1)

    sent: list[dict[str, Any]] = []
    client("ses").meta.events.register(
        "provide-client-params.ses.SendRawEmail", lambda params, **_: sent.append(params)
    )

    delivered(cart_id)

    mail = message_from_bytes(sent[0]["RawMessage"]["Data"], policy=default)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = mail["List-Unsubscribe"].strip("<>")
    assert url.startswith(f"{settings.public_base_url}/cart_reminder_opt_outs/")
    assert (mail["To"], mail["Subject"]) == (HANA, "Your cart is waiting for you")
    form = "List-Unsubscribe=One-Click"
    path = url.removeprefix(settings.public_base_url)
    answer = Client(an_app()).post(path, form, content_type="application/x-www-form-urlencoded")
    assert (answer.status, answer.json) == (200, {"opted_out": True})
    assert carts.left_cart(cart_id, cart_id) is None


def test_a_mail_that_ses_does_not_take_comes_again(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELIVERY_LEASE_SECONDS", "0")
    _, cart_id = a_left_cart()
    looked(hours=1.1)

    with failing(client("ses"), "SendRawEmail", "MessageRejected"):
        assert len(delivered(cart_id)) == 1

    assert delivered(cart_id) == []
    assert len(mail_in(aws)) == 1
