"""Is the audit trail written by one function and read by one, and is every wrong grant reported?"""

import pytest

from tests.architecture.checkers.audit_trail import EVERYTHING, check_audit_trail
from tests.architecture.planting import ROOT, plant, words
from tests.architecture.template import read_template

DENIED = "{Effect: Deny, Action: 'dynamodb:*', Resource: [!GetAtt Trail.Arn, !Sub '${Trail.Arn}/index/*']}"
ADDS = "{Effect: Allow, Action: ['dynamodb:PutItem', 'dynamodb:Query'], Resource: !GetAtt Trail.Arn}"
ONLY_ADDS = (
    "{Effect: Deny, NotAction: ['dynamodb:PutItem', 'dynamodb:Query'],"
    " Resource: [!GetAtt Trail.Arn, !Sub '${Trail.Arn}/index/*']}"
)
SOUND = {"ORDERS": DENIED, "WRITER": f"{ADDS}, {ONLY_ADDS}", "MACHINE": DENIED}
TEMPLATE = """
    Resources:
      Writer:
        Type: AWS::Serverless::Function
        Properties:
          Handler: functions.queues.audit_trail.handler
          Environment: {Variables: {AUDIT_TABLE_NAME: !Ref Trail}}
          Policies: [{Statement: [WRITER]}]
      Orders:
        Type: AWS::Serverless::Function
        Properties:
          Handler: functions.api.orders.app
          Policies: [{Statement: [ORDERS]}]
      Machine:
        Type: AWS::Serverless::StateMachine
        Properties:
          Policies: [{Statement: [MACHINE]}]
"""


def found_with(tmp_path, **statements):
    source = TEMPLATE
    for name, text in {**SOUND, **statements}.items():
        source = source.replace(f"[{name}]", f"[{text}]")
    plant(tmp_path, {"template.yaml": source})
    return [finding.message for finding in check_audit_trail(tmp_path)]


def test_one_function_writes_the_audit_trail_one_reads_it_and_all_others_are_denied():
    assert words(check_audit_trail(ROOT)) == []


def test_there_is_a_trail_to_be_held():
    (trail,) = [each for each in read_template(ROOT).resources if each.name == "AuditTable"]

    assert trail.properties["DeletionProtectionEnabled"] is True
    assert trail.properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert trail.body["DeletionPolicy"] == trail.body["UpdateReplacePolicy"] == "Retain"
    assert not {"TimeToLiveSpecification", "StreamSpecification"} & set(trail.properties)


def test_what_is_as_it_should_be_is_not_reported(tmp_path):
    assert found_with(tmp_path) == []


@pytest.mark.parametrize("who", ["ORDERS", "MACHINE"])
def test_whoever_is_merely_not_allowed_is_reported(tmp_path, who):
    found = found_with(tmp_path, **{who: "{Effect: Allow, Action: 'sns:Publish', Resource: !Ref Topic}"})

    assert len(found) == 2 * len(EVERYTHING)
    assert f"{who.title()} is not denied dynamodb:PutItem on ${{Trail.Arn}}" in found


@pytest.mark.parametrize("action", ["dynamodb:PutItem", "dynamodb:*", "dynamodb:Update*"])
def test_a_wrong_grant_without_the_denial_is_reported(tmp_path, action):
    found = found_with(tmp_path, ORDERS=f"{{Effect: Allow, Action: '{action}', Resource: !GetAtt Trail.Arn}}")

    assert any(message.startswith("Orders may do dynamodb:") for message in found)


def test_a_wrong_grant_beside_the_denial_does_nothing(tmp_path):
    allowed = "{Effect: Allow, Action: 'dynamodb:PutItem', Resource: '*'}"

    assert found_with(tmp_path, ORDERS=f"{allowed}, {DENIED}") == []


def test_a_denial_of_the_table_alone_leaves_the_indexes_open(tmp_path):
    found = found_with(tmp_path, ORDERS="{Effect: Deny, Action: 'dynamodb:*', Resource: !GetAtt Trail.Arn}")

    assert "Orders is not denied dynamodb:Query on ${Trail.Arn}/index/gsi1" in found
    assert all("/index/" in message for message in found)


def test_a_denial_under_a_condition_is_none(tmp_path):
    denied = DENIED.replace("Resource", "Condition: {Bool: {a: b}}, Resource")

    assert "Orders is not denied dynamodb:PutItem on ${Trail.Arn}" in found_with(tmp_path, ORDERS=denied)


def test_a_writer_that_may_do_more_is_reported(tmp_path):
    more = "{Effect: Allow, Action: 'dynamodb:DeleteItem', Resource: !GetAtt Trail.Arn}"

    assert "Writer may do dynamodb:DeleteItem on ${Trail.Arn}" in found_with(tmp_path, WRITER=f"{ADDS}, {more}")


def test_a_writer_that_cannot_write_is_reported(tmp_path):
    found = found_with(tmp_path, WRITER=DENIED)

    assert found == [f"Writer may not do dynamodb:{verb} on the audit trail, and must" for verb in ("PutItem", "Query")]
