"""What is a running Twilio simulator made of?"""

import re
from pathlib import Path

from infra.local.serving import Reply, Request, Routes, json_reply
from infra.local.standing_in import StandIn
from infra.local.twilio.api import Api
from infra.local.twilio.control import Control
from infra.local.twilio.courier import Courier
from infra.local.twilio.inbox import Inbox
from infra.local.twilio.records import Settings
from infra.local.twilio.refusals import refusal
from infra.local.twilio.state import State

LOCAL_ACCOUNT = "ACtest" + "0" * 28
LOCAL_TOKEN = "not-a-token"  # noqa: S105
# Twilio's own account sids are AC and 32 hexadecimal digits, so none of them can be one of these.
_TEST_ACCOUNT = re.compile(r"ACtest[0-9a-z]{28}")


class TwilioSimulator(StandIn):
    """Twilio's messages in this process, while the `with` block lasts; `url` is the base of its API and its inbox."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        account_sid: str = LOCAL_ACCOUNT,
        auth_token: str = LOCAL_TOKEN,
        host: str = "127.0.0.1",
        port: int = 0,
        state_file: Path | None = None,
    ) -> None:
        if not _TEST_ACCOUNT.fullmatch(account_sid):
            raise ValueError("the simulator takes a test account only: ACtest and 28 more")
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.state = State(settings or Settings(), state_file)
        super().__init__(host=host, port=port, courier=Courier(self.state, auth_token=auth_token))

    @property
    def greeting(self) -> str:
        return f"{self.url} (control: {self.url}/_simulator)"

    def _routes(self) -> Routes:
        routes = Routes(nowhere=lambda: refusal(20404))
        api = Api(self.state, account_sid=self.account_sid, auth_token=self.auth_token, pause=self._pause)
        api.add_to(routes)
        Inbox(self.state).add_to(routes)
        Control(self.state).add_to(routes)
        routes.add("GET", "/_simulator", self._about)
        return routes

    def _about(self, request: Request) -> Reply:
        return json_reply(200, {"simulates": "twilio", "url": self.url, "mode": "test"})
