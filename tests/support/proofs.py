"""How does a test prove what only its owner can? With what a message said, or with a code of an authenticator app."""

from typing import Any

import pyotp

from chalicelib.core import clock
from chalicelib.users import service as users

_STEP_SECONDS = 30


def code_of(asked: dict[str, Any]) -> str:
    """Return what the message of a challenge says, as its sender finds out."""
    message = users.outgoing(asked["id"])
    assert message is not None
    return message.code


def answer_to(asked: dict[str, Any]) -> dict[str, str]:
    """Return the body that answers a challenge."""
    return {"challenge_id": asked["id"], "code": code_of(asked)}


class App:
    """An authenticator app: what a user holds beside the password.

    Its clock stands still, so that no test depends on when a time step ends: a shop that is one step on still
    takes the codes of the steps 0, 1 and 2.
    """

    def __init__(self, secret: str) -> None:
        self.totp, self.step = pyotp.TOTP(secret), clock.epoch_seconds() // _STEP_SECONDS

    def code(self, steps: int = 1) -> str:
        return self.totp.generate_otp(self.step + steps)
