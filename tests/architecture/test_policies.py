"""Does the evaluator judge as AWS would, and does every role keep to what it needs?"""

import pytest

from tests.architecture.checkers.least_privilege import check_least_privilege
from tests.architecture.planting import ROOT, plant, words
from tests.architecture.policies import principals
from tests.architecture.template import read_template

TEMPLATE = """
    Globals:
      Function:
        Environment:
          Variables:
            USERS_SECRET: !Ref UsersSecret
            SIGNING_SECRET: !Ref SigningSecret
            CHAPA_SECRET: !Sub "${ChapaSecret}"
    Resources:
      Users:
        Type: AWS::Serverless::Function
        Properties:
          Handler: functions.api.users.app
          Policies:
            - Statement:
                - Effect: Allow
                  Action: secretsmanager:GetSecretValue
                  Resource: !Ref UsersSecret
      Orders:
        Type: AWS::Serverless::Function
        Properties:
          Handler: functions.api.orders.app
          Policies: [{Statement: [STATEMENTS]}]
"""


def with_orders(tmp_path, allowed, *more):
    """A template whose Orders function is allowed one thing, and has more statements beside it."""
    statements = ", ".join((f"{{Effect: Allow, {allowed}}}", *more))
    return plant(tmp_path, {"template.yaml": TEMPLATE.replace("STATEMENTS", statements)})


def orders_of(root):
    return next(each for each in principals(read_template(root)) if each.name == "Orders")


def test_every_role_of_the_template_keeps_to_what_it_needs():
    assert words(check_least_privilege(ROOT)) == []


@pytest.mark.parametrize(
    ("statement", "action", "resource", "allowed"),
    [
        ("Action: s3:Get, Resource: !GetAtt T.Arn", "s3:Get", "${T.Arn}", True),
        ("Action: s3:Get, Resource: !GetAtt T.Arn", "s3:Put", "${T.Arn}", False),
        ("Action: s3:get, Resource: !GetAtt T.Arn", "s3:Get", "${T.Arn}", True),
        ("Action: s3:Get*, Resource: !GetAtt T.Arn", "s3:GetObject", "${T.Arn}", True),
        ("Action: [a:B, c:D], Resource: [x, !Sub '${T.Arn}/index/*']", "c:D", "${T.Arn}/index/a", True),
        ("Action: c:D, Resource: !Sub '${T.Arn}/index/*'", "c:D", "${T.Arn}", False),
        ("Action: c:D, Resource: !If [Big, !Ref A, !Ref B]", "c:D", "${B}", True),
        ("Action: c:D, Resource: !Join [':', [arn, !Ref A]]", "c:D", "arn:${A}", True),
        ("Action: c:D, Resource: !Sub ['${X}/a', {X: !Ref A}]", "c:D", "${A}/a", True),
        ("NotAction: c:D, Resource: x", "c:D", "x", False),
        ("NotAction: c:D, Resource: x", "c:E", "x", True),
        ("Action: c:D, NotResource: x", "c:D", "y", True),
        ("Action: c:D, Resource: x, Condition: {Bool: {a: b}}", "c:D", "x", True),
    ],
)
def test_a_statement_is_judged(tmp_path, statement, action, resource, allowed):
    orders = orders_of(with_orders(tmp_path, statement))

    assert orders.may(action, resource) is allowed


def test_a_deny_wins_over_an_allow(tmp_path):
    denied = "{Effect: Deny, Action: 'dynamodb:PutItem', Resource: !GetAtt Audit.Arn}"
    orders = orders_of(with_orders(tmp_path, "Action: 'dynamodb:*', Resource: '*'", denied))

    assert not orders.may("dynamodb:PutItem", "${Audit.Arn}")
    assert orders.may("dynamodb:PutItem", "${Table.Arn}")
    assert orders.may("dynamodb:GetItem", "${Audit.Arn}")


def test_a_statement_under_a_condition_of_the_template_counts(tmp_path):
    archived = "{Effect: Allow, Action: s3:PutObject, Resource: !Ref Archive}"
    unless = "!If [HasArchive, {Effect: Allow, Action: s3:GetObject, Resource: !Ref Archive}, !Ref AWS::NoValue]"
    orders = orders_of(with_orders(tmp_path, "Action: s3:ListBucket, Resource: !Ref Archive", unless, archived))

    assert all(orders.may(action, "${Archive}") for action in ("s3:ListBucket", "s3:GetObject", "s3:PutObject"))


def test_a_role_of_its_own_and_policies_attached_to_it_count(tmp_path):
    source = """
        Resources:
          Publish:
            Type: AWS::Serverless::Function
            Properties: {Handler: functions.streams.publish.handler, Role: !GetAtt Publisher.Arn}
          Publisher:
            Type: AWS::IAM::Role
            Properties:
              Policies:
                - PolicyDocument: {Statement: [{Effect: Allow, Action: sns:Publish, Resource: !Ref Topic}]}
          More:
            Type: AWS::IAM::Policy
            Properties:
              Roles: [!Ref Publisher]
              PolicyDocument:
                Statement: {Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn}
    """
    plant(tmp_path, {"template.yaml": source})

    (publish,) = principals(read_template(tmp_path))

    assert publish.file == "functions/streams/publish"
    assert publish.may("sns:Publish", "${Topic}")
    assert publish.may("sqs:SendMessage", "${Queue.Arn}")
    assert not publish.may("sqs:SendMessage", "${Topic}")


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("Action: '*', Resource: !Ref T", "Orders may do *; list the actions it needs"),
        ("Action: 's3:*', Resource: !Ref T", "Orders may do s3:*; list the actions it needs"),
        ("Action: s3:Get, Resource: '*'", "Orders may do s3:get on every resource"),
        ("NotAction: c:D, Resource: x", "Orders is allowed all but something; list what it needs"),
    ],
)
def test_a_star_is_reported(tmp_path, statement, complaint):
    found = check_least_privilege(with_orders(tmp_path, statement))

    assert f"template.yaml:18: {complaint}" in words(found)


def test_what_aws_cannot_narrow_may_have_a_star(tmp_path):
    found = check_least_privilege(with_orders(tmp_path, "Action: xray:PutTraceSegments, Resource: '*'"))

    assert words(found) == []


@pytest.mark.parametrize("secret", ["UsersSecret", "SigningSecret", "ChapaSecret"])
def test_a_secret_read_by_the_wrong_function_is_reported(tmp_path, secret):
    reads = f"Action: secretsmanager:Get*, Resource: !Ref {secret}"

    (finding,) = check_least_privilege(with_orders(tmp_path, reads))

    assert finding.line == 18
    assert finding.message.startswith("Orders may do secretsmanager:GetSecretValue on ")


def test_a_function_that_could_put_a_signing_key_of_its_own_is_reported(tmp_path):
    changes = "Action: secretsmanager:PutSecretValue, Resource: !Ref SigningSecret"

    (finding,) = check_least_privilege(with_orders(tmp_path, changes))

    assert finding.message == "Orders may do secretsmanager:PutSecretValue on SIGNING_SECRET, reserved to ()"


def test_a_policy_known_by_name_only_is_reported(tmp_path):
    source = """
        Resources:
          Orders:
            Type: AWS::Serverless::Function
            Properties:
              Handler: functions.api.orders.app
              Policies: [AdministratorAccess, {DynamoDBCrudPolicy: {TableName: !Ref Table}}]
    """
    plant(tmp_path, {"template.yaml": source})

    messages = [finding.message for finding in check_least_privilege(tmp_path)]

    assert len(messages) == 2
    assert all("whose statements are not in the template" in message for message in messages)
