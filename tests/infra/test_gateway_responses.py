"""Do the gateway's own refusals look like the shop's?"""

import json
import re

import pytest

from infra.template import read_template, resources_of_type

RESPONSES = resources_of_type(read_template(), "AWS::ApiGateway::GatewayResponse")


@pytest.mark.parametrize("name", RESPONSES)
def test_every_refusal_is_a_problem_with_a_code_and_the_request(name: str) -> None:
    response = RESPONSES[name]
    problem = json.loads(response["ResponseTemplates"]["application/json"])
    headers = response["ResponseParameters"]

    assert problem["type"] == f"urn:nexus:problem:{problem['code']}"
    assert problem["request_id"] == "$context.requestId"
    assert str(problem.get("status", "")) == response.get("StatusCode", "")
    assert headers["gatewayresponse.header.Content-Type"] == "'application/problem+json'"
    assert "gatewayresponse.header.Access-Control-Allow-Origin" in headers


def test_the_deployment_waits_for_every_response() -> None:
    assert set(read_template()["Resources"]["ApiDeployment"]["DependsOn"]) == set(RESPONSES)


def test_no_two_codes_are_spelt_alike() -> None:
    codes = [json.loads(each["ResponseTemplates"]["application/json"])["code"] for each in RESPONSES.values()]

    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z_]+", code) for code in codes)
