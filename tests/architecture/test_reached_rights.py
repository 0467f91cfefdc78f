"""May each function start, wake, mail and read the secrets that its code leads to, and no more than that?"""

import pytest

from tests.architecture.planting import ROOT
from tests.architecture.policies import named_by, principals
from tests.architecture.reach import Reach
from tests.architecture.template import read_template

CODE, TEMPLATE = Reach(ROOT), read_template(ROOT)
ROLES = {role.file: role for role in principals(TEMPLATE) if role.file}
(MACHINE,) = named_by(TEMPLATE, "CHECKOUT_MACHINE_ARN")
EXECUTION = f"{MACHINE.replace(':stateMachine:', ':execution:')}:chk_1-1"
IDENTITY = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/shop.example"
EXECUTIONS = "chalicelib.core.workflows.executions"
RIGHTS = {
    f"{EXECUTIONS}.start": ("states:StartExecution", MACHINE),
    f"{EXECUTIONS}.look_up": ("states:DescribeExecution", EXECUTION),
    f"{EXECUTIONS}.resume": ("states:SendTaskSuccess", MACHINE),
    "chalicelib.notifications.ses.send": ("ses:SendEmail", IDENTITY),
    "chalicelib.notifications.ses.send_with_headers": ("ses:SendRawEmail", IDENTITY),
}
READ_SECRET = "secretsmanager:GetSecretValue"
SECRETS = ("users", "signing", "factors", "codes", "tokens", "chapa", "twilio", "images")


@pytest.mark.parametrize("file", sorted(ROLES))
def test_a_function_may_do_what_its_code_leads_to_and_nothing_else(file):
    reached = CODE.reached_from(file)

    allowed = {name for name, (action, resource) in RIGHTS.items() if ROLES[file].may(action, resource)}

    assert allowed == reached & RIGHTS.keys()


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
    assert set.union(*(CODE.reached_from(file) for file in ROLES)) >= RIGHTS.keys()
