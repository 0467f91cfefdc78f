"""How do tests get a cloud? One embedded cloud per test run, and a deployed shop on it, with its vendors beside it."""

import json
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.clouds import Cloud, CloudName, chosen_name, embedded_cloud, remote_cloud
from infra.deployment import Deployment
from infra.local.chapa import ChapaSimulator, Settings
from infra.local.embedded_cloud import EmbeddedCloud
from infra.local.exchange_rates import RatesSimulator
from infra.local.ports import free_port
from infra.local.twilio import Settings as TwilioSettings
from infra.local.twilio import TwilioSimulator
from tests.support.whole import IS_WHOLE

# In place of the production defaults, so that a test can wait for what a shopper waits for.
SECONDS = {
    # Hundreds who come at once wait for each other, and nobody's time may be over before they have a page.
    "PayWithinSeconds": "60" if IS_WHOLE else "15",
    "PaymentLinkSeconds": "60" if IS_WHOLE else "15",
    "SweepGraceSeconds": "1",
    "StartWithinSeconds": "5",
    "PaymentCheckSeconds": "1",
    "PaymentCheckLongestSeconds": "2",
    "PaymentTimeoutSeconds": "60",
    "RetryIntervalSeconds": "1",
    "RefundRetryIntervalSeconds": "1",
    "RefundRetryAttempts": "4",
    "IdempotencyLeaseSeconds": "5",
    "DeliveryLeaseSeconds": "5",
    "QueueRetrySeconds": "30",
    "CartRemindersAfterSeconds": "5,10,15",
    "ResendAfterSeconds": "0",
    # Fifty uses of a token take their time on a busy machine.
    "RefreshGraceSeconds": "60",
    # What was changed is seen at once.
    "ListsPolledSeconds": "0",
    # Who comes when a long test begins need not come again.
    "AccessTokenSeconds": "7200",
    "RecentWithinSeconds": "7200",
    "SecondFactorSeconds": "7200",
}
# All tests come from one address. With little coming back between two calls, both can be seen to count.
ATTEMPTS = dict.fromkeys(
    (
        *("SignInsPerAccount", "SignInsPerAddress", "SignUpsPerAddress", "RefreshesPerAddress", "MessagesPerContact"),
        *("MessagesPerAddress", "AnswersPerAddress", "SecondFactorsPerAccount", "ProofsPerAccount"),
        *("CouponsPerCart", "CouponsPerAddress", "RecoveriesPerAddress"),
    ),
    "20000/864000",
)


@dataclass(frozen=True)
class Shop:
    """A deployed stack: its API, what else it said of itself, and the vendors that it was deployed to talk to."""

    api_url: str
    outputs: dict[str, str]
    cloud: Cloud
    chapa: ChapaSimulator
    twilio: TwilioSimulator
    rates: RatesSimulator


@contextmanager
def running_cloud() -> Iterator[EmbeddedCloud]:
    """Run an embedded cloud on a free port that forgets everything at the end."""
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedCloud(Path(folder), port=free_port(), keeps_data=False) as cloud,
    ):
        yield cloud


@contextmanager
def deployed_shop(running: EmbeddedCloud | None) -> Iterator[Shop]:
    """Deploy the template with durations in seconds; a stack on a cloud that stays is deleted afterwards."""
    if running is None:
        cloud, stack = remote_cloud(chosen_name()), f"nexus-test-{secrets.token_hex(3)}"
    else:
        # Calls of the REST API carry no credentials, so only the default account's API is found.
        cloud, stack = embedded_cloud(running.endpoint_url), "nexus-test"
    port, sms_port, rates_port = free_port(), free_port(), free_port()
    parameters = {
        "Stage": "test",
        "ChapaBaseUrl": f"http://{cloud.host_of_this_machine}:{port}/v1",
        "TwilioBaseUrl": f"http://{cloud.host_of_this_machine}:{sms_port}",
        "RatesBaseUrl": f"http://{cloud.host_of_this_machine}:{rates_port}/v6",
        "CashOnDeliveryLimits": "ETB:500000",
        "ChapaWebhookProofs": "x-chapa-signature:body,chapa-signature:body,authorization:basic",
        **SECONDS,
        **ATTEMPTS,
    }
    outputs = Deployment(cloud, stack, parameters, say=lambda line: None).deploy()
    try:
        with (
            _chapa(cloud, outputs, port) as chapa,
            _twilio(cloud, outputs, sms_port) as twilio,
            RatesSimulator(host=_host(cloud), port=rates_port) as rates,
        ):
            yield Shop(outputs["ApiUrl"], outputs, cloud, chapa, twilio, rates)
    finally:
        if running is None:
            cloud.client("cloudformation").delete_stack(StackName=stack)


def _chapa(cloud: Cloud, outputs: dict[str, str], port: int) -> ChapaSimulator:
    """Make the Chapa that the shop was deployed to ask for payment pages."""
    settings = Settings(webhook_url=f"{outputs['ApiUrl']}/webhooks/chapa", seconds_between_tries=1)
    # As an operator does who takes custom webhooks.
    known = {**_secret(cloud, outputs["ChapaSecret"]), "webhook_user": "chapa", "webhook_password": secrets.token_hex()}
    kept = cloud.client("secretsmanager")
    kept.put_secret_value(SecretId=outputs["ChapaSecret"], SecretString=json.dumps(known))
    return ChapaSimulator(settings, **known, host=_host(cloud), port=port)


def _twilio(cloud: Cloud, outputs: dict[str, str], port: int) -> TwilioSimulator:
    """Make the Twilio that the shop was deployed to send its texts with."""
    held = _secret(cloud, outputs["TwilioSecret"])
    credentials = {name: held[name] for name in ("account_sid", "auth_token")}
    settings = TwilioSettings(retries_on="any_failure", delivery_tries=5)
    return TwilioSimulator(settings, **credentials, host=_host(cloud), port=port)


def _secret(cloud: Cloud, name: str) -> dict[str, str]:
    stored = cloud.client("secretsmanager").get_secret_value(SecretId=name)
    fields: dict[str, str] = json.loads(stored["SecretString"])
    return fields


def _host(cloud: Cloud) -> str:
    """Return where a vendor must listen so that the shop reaches it."""
    return "127.0.0.1" if cloud.name is CloudName.EMBEDDED else "0.0.0.0"


def is_embedded() -> bool:
    return chosen_name() is CloudName.EMBEDDED
