"""Does CloudFormation get what the gateway needs?"""

import json

import pytest

from infra.rendering import called_functions, rendered
from infra.template import Template, read_template

LAMBDA = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function"


def an_api_that_calls(*names: str) -> str:
    return json.dumps([{"Fn::Sub": f"{LAMBDA}:${{AWS::StackName}}-{name}/invocations"} for name in names])


def rendered_with(api_definition: str) -> Template:
    return rendered(read_template(), bucket="b", upload=lambda name: f"hash/{name}", api_definition=api_definition)


def deployment_of(template: Template) -> str:
    return str(template["Resources"]["ApiStage"]["Properties"]["DeploymentId"]["Ref"])


def test_every_function_that_the_gateway_calls_permits_it() -> None:
    resources = rendered_with(an_api_that_calls("platform-api", "preflight-api"))["Resources"]

    permissions = {r["Properties"]["FunctionName"]["Ref"] for r in resources.values() if "Permission" in r["Type"]}

    assert permissions == {"PlatformApi", "PreflightApi"}


def test_a_function_that_the_template_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="gift-cards-api"):
        called_functions(read_template(), an_api_that_calls("gift-cards-api"))


def test_a_changed_api_is_deployed_under_a_new_name() -> None:
    before = deployment_of(rendered_with(an_api_that_calls("platform-api")))
    after = deployment_of(rendered_with(an_api_that_calls("platform-api", "users-api")))

    assert before != after


def test_an_unchanged_api_keeps_its_deployment() -> None:
    api = an_api_that_calls("platform-api")

    assert deployment_of(rendered_with(api)) == deployment_of(rendered_with(api))
    assert deployment_of(rendered_with(api)) in rendered_with(api)["Resources"]
