"""Which people use the shop in tests, and how do they sign in?"""

from dataclasses import dataclass
from typing import Any

from chalicelib.core.http import Api
from chalicelib.users import service as users
from chalicelib.users.routes import router
from chalicelib.vendors.routes import router as vendors
from tests.support.account import TABLE, Account
from tests.support.calling import Client, Response

PASSWORD = "three goats above Lalibela"


def an_app() -> Api:
    """Return an app of one's own; one app serves one thread."""
    return Api("users", router, vendors)


def a_user_draft(
    email: str = "hana@coffee.example", password: str = PASSWORD, name: str = "Hana Bekele"
) -> dict[str, Any]:
    return {"email": email, "password": password, "name": name}


@dataclass(frozen=True)
class SignedIn:
    """A client with its tokens."""

    client: Client
    tokens: dict[str, Any]

    @property
    def user_id(self) -> str:
        return str(self.tokens["user_id"])


def sign_in(client: Client, email: str = "hana@coffee.example", password: str = PASSWORD) -> SignedIn:
    """Sign in with an account that is there."""
    tokens = client.post("/sessions", {"email": email, "password": password}).json
    return SignedIn(client.signed_with(tokens["access_token"]), tokens)


def sign_up(client: Client, email: str = "hana@coffee.example", password: str = PASSWORD) -> None:
    """Sign up, and follow the link of the mail."""
    asked = client.post("/users", a_user_draft(email, password)).json
    assert confirmed(client, asked).status == 204


def confirmed(client: Client, asked: dict[str, Any]) -> Response:
    """Answer a sign-up's challenge as its message says."""
    return client.post("/users/confirmations", {"challenge_id": asked["id"], "code": code_of(asked)})


def code_of(asked: dict[str, Any]) -> str:
    """Return what the message of a challenge says, as its sender finds out."""
    message = users.outgoing(asked["id"])
    assert message is not None
    return message.code


def a_customer(client: Client, email: str = "hana@coffee.example") -> SignedIn:
    """Sign up and in."""
    sign_up(client, email)
    return sign_in(client, email)


def rows(aws: Account, kind: str | None = None) -> list[dict[str, Any]]:
    """Return all stored rows, or those of one kind, as DynamoDB has them."""
    items: list[dict[str, Any]] = []
    for page in aws.cloud.client("dynamodb").get_paginator("scan").paginate(TableName=TABLE):
        items += page["Items"]
    return [each for each in items if kind in (None, each["kind"]["S"])]


def recently(who: SignedIn, client: Client, password: str = PASSWORD, code: str | None = None) -> SignedIn:
    """Prove again who it is, and go on with the new access token."""
    body = {"password": password, **({"code": code} if code else {})}
    answer = who.client.post("/sessions/current/authentication", body)
    assert answer.status == 201, answer.text
    return SignedIn(client.signed_with(answer.json["access_token"]), {**who.tokens, **answer.json})


def refreshed(client: Client, token: str) -> Response:
    return client.post("/sessions/refresh", {"refresh_token": token})
