"""Do passwords, codes, links and tokens stand anywhere but in their messages? Table, queues and logs are searched."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.cloud.test_account_mails import answer_in, letter_to
from tests.cloud.test_texts import a_number
from tests.support.market import Market, join, new_address
from tests.support.proofs import App
from tests.support.shopper import SOON_SECONDS
from tests.support.twilio import Phones
from tests.support.waiting import eventually
from tests.support.wire import Api

PASSWORD = "nine storks over Lake Tana"
ANOTHER_PASSWORD = "the ferry leaves at half past six"
THIRD_PASSWORD = "a drum behind the second church"


class Everything:
    """All that the shop keeps and passes on, as texts."""

    def __init__(self, market: Market, tap: str) -> None:
        self.market, self.tap = market, tap
        self.passed_on: list[str] = []

    def hears_of(self, kind: str) -> bool:
        """Take in what was announced meanwhile; tell whether an event of this type was among it."""
        queue = self.market.shop.cloud.client("sqs")
        while messages := queue.receive_message(QueueUrl=self.tap, MaxNumberOfMessages=10).get("Messages"):
            self.passed_on += [each["Body"] for each in messages]
            for each in messages:
                queue.delete_message(QueueUrl=self.tap, ReceiptHandle=each["ReceiptHandle"])
        return any(json.loads(each)["type"] == kind for each in self.passed_on)

    def stored(self) -> str:
        outputs, cloud = self.market.shop.outputs, self.market.shop.cloud
        pages = cloud.client("dynamodb").get_paginator("scan")
        tables = (outputs["TableName"], outputs["AuditTableName"])
        rows = [page["Items"] for table in tables for page in pages.paginate(TableName=table)]
        return json.dumps(rows, ensure_ascii=False, default=str)

    def logged(self) -> str:
        logs = self.market.shop.cloud.client("logs")
        groups = [each["logGroupName"] for each in logs.describe_log_groups()["logGroups"]]
        pages = logs.get_paginator("filter_log_events")
        return "\n".join(
            event["message"]
            for group in groups
            for page in pages.paginate(logGroupName=group)
            for event in page["events"]
        )


@pytest.fixture
def everything(market: Market) -> Iterator[Everything]:
    with tapped(market) as tap:
        yield Everything(market, tap)


@contextmanager
def tapped(market: Market) -> Iterator[str]:
    """Let a queue of the test's own hear every event of the shop."""
    outputs, cloud = market.shop.outputs, market.shop.cloud
    sqs, sns = cloud.client("sqs"), cloud.client("sns")
    queue = sqs.create_queue(QueueName="tap-of-a-test")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    subscription = sns.subscribe(
        TopicArn=outputs["EventsTopicArn"],
        Protocol="sqs",
        Endpoint=attributes["QueueArn"],
        Attributes={"RawMessageDelivery": "true"},
        ReturnSubscriptionArn=True,
    )["SubscriptionArn"]
    try:
        yield queue
    finally:
        sns.unsubscribe(SubscriptionArn=subscription)
        sqs.delete_queue(QueueUrl=queue)


def test_what_opens_an_account_stands_in_its_message_only(market: Market, everything: Everything) -> None:
    secrets = {
        **by_mail(market, everything),
        **by_telephone(market, everything),
        **by_changing(market, everything),
    }

    table, events, logs = everything.stored(), "\n".join(everything.passed_on), everything.logged()

    assert "challenge" in table
    assert "challenge.issued_by_mail" in events
    assert "challenge.issued_by_text" in events
    assert "confirm_user" in logs
    assert places_of(secrets, {"table": table, "events": events, "logs": logs}) == []


@pytest.mark.parametrize("place", ["table", "events", "logs"])
def test_what_stands_somewhere_is_found(place: str) -> None:
    searched = {"table": "", "events": "", "logs": ""} | {place: f'{{"note": "{PASSWORD}"}}'}

    assert places_of({"password": PASSWORD, "new password": ANOTHER_PASSWORD}, searched) == [("password", place)]


def places_of(secrets: dict[str, str], searched: dict[str, str]) -> list[tuple[str, str]]:
    """Return which secret stands where."""
    return [(name, place) for name, secret in secrets.items() for place, text in searched.items() if secret in text]


def by_mail(market: Market, everything: Everything) -> dict[str, str]:
    """Sign up by mail, set up a second factor, forget the password; return all that must stay secret."""
    address, api = new_address("private"), market.api
    api.must("POST", "/users", {"email": address, "password": PASSWORD, "name": "Meron Tesfaye"})
    link = answer_in(letter_to(market, address, "Confirm your mail address"), "confirm")
    assert api.post("/users/confirmations", link).status == 204
    tokens = api.must("POST", "/sessions", {"email": address, "password": PASSWORD})
    app, recovery = with_an_app(api.signed_with(tokens["access_token"]))
    mfa = api.post("/sessions", {"email": address, "password": PASSWORD}).json["mfa_token"]
    second = api.must("POST", "/sessions/second-factor", {"mfa_token": mfa, "recovery_code": recovery})
    api.must("POST", "/password-resets", {"email": address})
    reset = answer_in(letter_to(market, address, "Choose a new password"), "reset")
    assert api.post("/password-resets/completions", {**reset, "password": ANOTHER_PASSWORD}).status == 204
    eventually(lambda: everything.hears_of("user.password_changed"), SOON_SECONDS, "the reset is announced")
    return {
        "password": PASSWORD,
        "new password": ANOTHER_PASSWORD,
        "code of the sign-up": link["code"],
        "code of the reset": reset["code"],
        "secret of the app": app.totp.secret,
        "recovery code": recovery,
        "bare recovery code": recovery.replace("-", ""),
        "token between the factors": mfa,
        "access token": tokens["access_token"],
        "refresh token": tokens["refresh_token"],
        "refresh token of the second session": second["refresh_token"],
    }


def with_an_app(api: Api) -> tuple[App, str]:
    """Set up an authenticator app; return it with a recovery code."""
    app = App(api.must("POST", "/users/me/second-factor")["secret"])
    codes: Any = api.must("POST", "/users/me/second-factor/confirmation", {"code": app.code(0)})
    return app, codes["recovery_codes"][0]


def by_telephone(market: Market, everything: Everything) -> dict[str, str]:
    """Sign up by telephone; six digits are found by chance, so they are searched for as a word of their own."""
    number = a_number()
    asked = market.api.must("POST", "/users", {"phone": number, "password": PASSWORD, "name": "Hana"})
    [text] = eventually(lambda: Phones(market.shop.twilio).texts(number), SOON_SECONDS, "a text arrives")
    code = text["codes"][0]
    assert market.api.post("/users/confirmations", {"challenge_id": asked["id"], "code": code}).status == 204
    eventually(lambda: everything.hears_of("challenge.issued_by_text"), SOON_SECONDS, "the text is announced")
    return {"code of the text": f'"{code}"', "code of the text among words": f" {code} "}


def by_changing(market: Market, everything: Everything) -> dict[str, str]:
    """Change address, number and password of an account; return all that must stay secret."""
    address, new, number = new_address("changing"), new_address("changed"), a_number()
    join(market.shop, address, password=PASSWORD)
    tokens = market.api.must("POST", "/sessions", {"email": address, "password": PASSWORD})
    api = market.api.signed_with(tokens["access_token"])
    api.must("POST", "/users/me/email", {"email": new})
    link = answer_in(letter_to(market, new, "Confirm your new mail address"), "email")
    assert api.post("/users/me/contacts", link).status == 204
    asked = api.must("POST", "/users/me/phone", {"phone": number})
    [text] = eventually(lambda: Phones(market.shop.twilio).texts(number), SOON_SECONDS, "a text arrives")
    code = text["codes"][0]
    assert api.post("/users/me/contacts", {"challenge_id": asked["id"], "code": code}).status == 204
    assert api.post("/users/me/password", {"password": THIRD_PASSWORD}).status == 204
    eventually(lambda: everything.hears_of("user.phone_changed"), SOON_SECONDS, "the new number is announced")
    return {
        "third password": THIRD_PASSWORD,
        "code of the new address": link["code"],
        "code of the new number": f'"{code}"',
        "refresh token of the third session": tokens["refresh_token"],
    }
