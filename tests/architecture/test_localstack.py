"""Would LocalStack, without a token, serve all that the shop deploys and calls?"""

import pytest

from tests.architecture.localstack import check_clients_on_localstack, check_template_on_localstack, read_list
from tests.architecture.planting import ROOT, plant, words

SERVED = read_list(ROOT)


def test_localstack_serves_what_the_template_deploys():
    assert words(check_template_on_localstack(ROOT, SERVED)) == []


def test_localstack_serves_what_the_code_calls():
    assert words(check_clients_on_localstack(ROOT, SERVED)) == []


def test_the_written_list_leaves_out_what_needs_a_token():
    assert not {"apigatewayv2", "sesv2", "cognito-idp", "pipes"} & SERVED.services
    assert not {"AWS::Scheduler::Schedule", "AWS::ApiGatewayV2::Api"} & SERVED.resources


@pytest.mark.parametrize("kind", ["AWS::ApiGatewayV2::Api", "AWS::Serverless::HttpApi", "AWS::Scheduler::Schedule"])
def test_a_resource_that_is_not_served_is_reported(tmp_path, kind):
    source = f"""
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
          Doubtful:
            Type: {kind}
    """
    plant(tmp_path, {"template.yaml": source})

    assert words(check_template_on_localstack(tmp_path, SERVED)) == [
        f"template.yaml:4: Doubtful: LocalStack does not serve {kind}"
    ]


def test_a_function_event_that_is_not_served_is_reported(tmp_path):
    source = """
        Resources:
          Remind:
            Type: AWS::Serverless::Function
            Properties:
              Events:
                Daily: {Type: Schedule}
                Later: {Type: ScheduleV2}
    """
    plant(tmp_path, {"template.yaml": source})

    assert words(check_template_on_localstack(tmp_path, SERVED)) == [
        "template.yaml:2: Remind.Later: LocalStack does not serve events of type ScheduleV2"
    ]


def test_only_a_condition_that_is_off_there_excuses_a_resource(tmp_path):
    source = """
        Resources:
          Socket: {Type: "AWS::ApiGatewayV2::Api", Condition: HasWebSocket}
          Other: {Type: "AWS::ApiGatewayV2::Api", Condition: HasMail}
    """
    plant(tmp_path, {"template.yaml": source})
    served = type(SERVED)(SERVED.services, SERVED.resources, SERVED.events, frozenset({"HasWebSocket"}))

    assert [finding.line for finding in check_template_on_localstack(tmp_path, served)] == [3]


@pytest.mark.parametrize("call", ["boto3.client('sesv2')", "session.create_client('sesv2')", "aws.client('sesv2')"])
def test_a_client_that_is_not_served_is_reported(tmp_path, call):
    plant(tmp_path, {"chalicelib/core/mail.py": f"mail = {call}\ntable = boto3.client('dynamodb')\n"})

    assert words(check_clients_on_localstack(tmp_path, SERVED)) == [
        "chalicelib/core/mail.py:1: uses the service sesv2, which LocalStack does not serve"
    ]
