"""May each function start, wake, mail and read the secrets that its code leads to, and no more than that?"""

import pytest

from tests.architecture.planting import ROOT
from tests.architecture.policies import named_by, principals
from tests.architecture.reach import Reach
from tests.architecture.template import read_template

CODE, TEMPLATE = Reach(ROOT), read_template(ROOT)
ROLES = {role.file: role for role in principals(TEMPLATE) if role.file}
(CHECKOUTS,) = named_by(TEMPLATE, "CHECKOUT_MACHINE_ARN")
(REFUNDS,) = named_by(TEMPLATE, "REFUND_MACHINE_ARN")
IDENTITY = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/shop.example"
START, LOOK_UP, WAKE = "states:StartExecution", "states:DescribeExecution", "states:SendTaskSuccess"
CHECKOUT, PAYMENTS = "chalicelib.checkout.service", "chalicelib.payments.service"


def one_of(machine: str) -> str:
    """An execution of a machine."""
    return f"{machine.replace(':stateMachine:', ':execution:')}:x-1"


# What may be done to which thing, and the functions that do it.
RIGHTS = {
    (START, CHECKOUTS): {f"{CHECKOUT}.beginning.ensure_started"},
    (LOOK_UP, one_of(CHECKOUTS)): {f"{CHECKOUT}.beginning.ensure_started", f"{CHECKOUT}.watching.look_after"},
    (WAKE, CHECKOUTS): {f"{PAYMENTS}.verifying.resume", f"{PAYMENTS}.verifying.await_outcome"},
    (START, REFUNDS): {f"{PAYMENTS}.refund_watching.start_refund"},
    (LOOK_UP, one_of(REFUNDS)): {f"{PAYMENTS}.refund_watching.start_refund"},
    (WAKE, REFUNDS): {f"{PAYMENTS}.refund_moves.wake", f"{PAYMENTS}.refund_asking.await_refund"},
    ("ses:SendEmail", IDENTITY): {"chalicelib.notifications.ses.send"},
    ("ses:SendRawEmail", IDENTITY): {"chalicelib.notifications.ses.send_with_headers"},
}
DOERS = set.union(*RIGHTS.values())
READ_SECRET = "secretsmanager:GetSecretValue"
SECRETS = ("users", "signing", "factors", "codes", "tokens", "chapa", "twilio", "images")


@pytest.mark.parametrize("file", sorted(ROLES))
def test_a_function_may_do_what_its_code_leads_to_and_nothing_else(file):
    reached = CODE.reached_from(file)

    allowed = {right for right in RIGHTS if ROLES[file].may(*right)}

    assert allowed == {right for right, doers in RIGHTS.items() if doers & reached}


@pytest.mark.parametrize("file", sorted(ROLES))
def test_a_function_may_read_the_secrets_that_its_code_reads_and_no_others(file):
    read = CODE.settings_read_by(file)

    for name in SECRETS:
        # The frame of every API opens tokens of guests and cursors with it.
        if name == "tokens" and file.startswith("functions/api/"):
            continue
        (secret,) = named_by(TEMPLATE, f"{name.upper()}_SECRET")
        assert ROLES[file].may(READ_SECRET, secret) is (f"settings.{name}_secret" in read), name


def test_each_right_is_somebodys():
    """A function that was renamed would be reached by nobody, and compared with nothing."""
    assert set.union(*(CODE.reached_from(file) for file in ROLES)) >= DOERS
