"""What does it take to sign in and to stay signed in? Each act under its name, for a meter.

Every attempt is the first for a while, as it is for most people: the throttles' quotas come back at once.
"""

import json
from types import SimpleNamespace
from typing import Any

from chalicelib.core.http import bearer
from chalicelib.users import passwords
from chalicelib.users import service as users
from functions.api.users import app
from infra.bench.journey import Meter
from tests.support.calling import Client

SIGNED_IN, REFRESHED = "signed in", "session refreshed"
PASSWORD_CHECKED, TOKEN_CHECKED = "password checked", "access tokens checked"
ACTS = (SIGNED_IN, REFRESHED)
# One check is too short for a clock.
TOKENS = 100

_EMAIL, _PASSWORD = "almaz@example.com", "a long walk over the Entoto hills"
_CONTEXT = SimpleNamespace(aws_request_id="bench")


def sign_up() -> None:
    """Make the account that is signed in with."""
    users.register(users.contact_of(_EMAIL, None), password=_PASSWORD, name="Almaz Bekele", locale="am")


def come_back(meter: Meter) -> None:
    """Sign in, go on with the refresh token, and have the access token checked; the password once more on its own."""
    session = _call(meter, SIGNED_IN, "/sessions", {"email": _EMAIL, "password": _PASSWORD})
    renewed = _call(meter, REFRESHED, "/sessions/refresh", {"refresh_token": session["refresh_token"]})
    with meter(TOKEN_CHECKED):
        for _ in range(TOKENS):
            bearer.claims_of(renewed["access_token"])
    with meter(PASSWORD_CHECKED):
        passwords.is_right(_PASSWORD, passwords.NOBODYS_HASH)


def _call(meter: Meter, act: str, path: str, body: dict[str, str]) -> dict[str, Any]:
    event = Client(app).event("POST", path, body)
    with meter(act):
        answer = app(event, _CONTEXT)
    if answer["statusCode"] >= 400:
        raise RuntimeError(f"{act}: {answer['statusCode']} {answer['body']}")
    found: dict[str, Any] = json.loads(answer["body"])
    return found
